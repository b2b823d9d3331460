package picup.cli;

import java.util.Locale;
import java.util.Map;

/// Everything the import says, in English and Korean. Which one, the locale of the terminal decides.
enum Text {
    USAGE("Usage: ./picup import DIR [--server URL] [--user NAME] [--password-file FILE | --key-file FILE] [--parallel N] [--again]",
            "사용법: ./picup import 폴더 [--server 주소] [--user 이름] [--password-file 파일 | --key-file 파일] [--parallel 개수] [--again]"),
    NO_FOLDER("%s is not a folder.", "%s 폴더가 없습니다."),
    UNKNOWN_OPTION("There is no option %s.", "%s 옵션은 없습니다."),
    NEEDS_VALUE("%s needs a value.", "%s 옵션에는 값이 필요합니다."),
    BAD_PARALLEL("--parallel must be a number from 1 to 32, but is %s.", "--parallel 값은 1부터 32까지의 숫자여야 하는데 %s입니다."),
    BAD_SERVER("--server must be an address such as http://localhost:8080, but is %s.", "--server 값은 http://localhost:8080 같은 주소여야 하는데 %s입니다."),
    ASK_USER("User name: ", "사용자 이름: "),
    ASK_PASSWORD("Password of %s: ", "%s의 비밀번호: "),
    NO_TERMINAL("There is no terminal to ask on. Give --key-file or PICUP_API_KEY, or --user with --password-file or PICUP_PASSWORD.",
            "물어볼 터미널이 없습니다. --key-file이나 PICUP_API_KEY를 지정하거나, --user와 함께 --password-file 또는 PICUP_PASSWORD를 지정하세요."),
    UNREADABLE_SECRET("The file %s cannot be read.", "%s 파일을 읽을 수 없습니다."),
    SIGN_IN_REFUSED("The server does not let %s in: %s", "서버가 %s의 로그인을 거절했습니다: %s"),
    KEY_REFUSED("The server does not accept the API key: %s", "서버가 API 키를 거절했습니다: %s"),
    SERVER_AWAY("%s does not answer. Is Picup running there?", "%s에서 응답이 없습니다. Picup이 실행 중인가요?"),
    SERVER_STAYED_AWAY("The server did not come back. Run the same command again later; it goes on where it was.",
            "서버가 돌아오지 않았습니다. 나중에 같은 명령을 다시 실행하면 이어서 진행합니다."),
    WAITING("The server does not answer; waiting for it…", "서버가 응답하지 않아 기다리는 중…"),
    FOUND("%,d files (%s) in %s", "%3$s: 파일 %1$,d개 (%2$s)"),
    LOOKING("Looking at what is there already…", "이미 올라간 파일을 확인하는 중…"),
    PROGRESS("%s of %s files   %s of %s   %s/s   %s left", "파일 %s/%s   %s/%s   %s/초   %s 남음"),
    CHANGED("It changed while it was being read.", "읽는 동안 파일이 바뀌었습니다."),
    UNREADABLE("It cannot be read: %s", "읽을 수 없습니다: %s"),
    NO_ROOM("There is not enough space left in the account.", "계정에 남은 공간이 부족합니다."),
    GAVE_UP("It was tried %d times: %s", "%d번 시도했습니다: %s"),
    ADDED("Added:             %,d", "추가됨:            %,d"),
    ALREADY_THERE("Already there:     %,d", "이미 있음:         %,d"),
    SIDECARS("Beside pictures:   %,d   (XMP and Takeout files, applied to their pictures)", "사진 정보 파일:    %,d   (XMP·Takeout 파일, 해당 사진에 적용됨)"),
    IN_TRASH("In the trash:      %,d   (restore them there)", "휴지통에 있음:     %,d   (휴지통에서 복원할 수 있습니다)"),
    DELETED_BEFORE("Deleted before:    %,d   (--again brings them back)", "전에 영구 삭제함:  %,d   (--again으로 다시 추가합니다)"),
    REFUSED("Refused:           %,d", "거절됨:            %,d"),
    FAILED("Failed:            %,d", "실패:              %,d"),
    SKIPPED("Skipped:           %,d   (hidden files, files of the system, links)", "건너뜀:            %,d   (숨김·시스템 파일, 링크)"),
    AND_MORE("  … and %,d more", "  … 그 밖에 %,d개"),
    TRY_AGAIN("Run the same command again to try what failed.", "실패한 파일은 같은 명령을 다시 실행하면 다시 시도합니다.");

    private static final boolean KOREAN = korean(System.getenv());

    private final String english;
    private final String korean;

    Text(String english, String korean) {
        this.english = english;
        this.korean = korean;
    }

    /// In the order of POSIX. The launcher hands the language over by name, as it may have to set another character set.
    static boolean korean(Map<String, String> environment) {
        for (var name : new String[] {"PICUP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
            var value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.startsWith("ko");
            }
        }
        return false;
    }

    String with(Object... values) {
        return in(KOREAN, values);
    }

    String in(boolean inKorean, Object... values) {
        return (inKorean ? korean : english).formatted(values);
    }

    /// `3.4 MB`, in powers of 1000, as cameras and shops count.
    static String bytes(long sizeBytes) {
        if (sizeBytes < 1000) {
            return sizeBytes + " B";
        }
        double value = sizeBytes;
        int unit = -1;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %cB" : "%.0f %cB", value, "kMGTPE".charAt(unit));
    }
}
