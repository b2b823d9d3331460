package picup.library.archive;

import java.util.ArrayList;
import java.util.List;

/// What came of an archive, for its last file. It counts everything and names so many that memory stays bounded.
final class ArchiveReport {
    private static final int MOST_NAMES = 1000;

    private final long expected;
    private final long locked;
    private final List<String> missing = new ArrayList<>();
    private long whole;
    private long deleted;
    private long missingCount;

    /// @param expected pictures there were at the beginning
    /// @param locked   others, in the locked folder, which was closed
    ArchiveReport(long expected, long locked) {
        this.expected = expected;
        this.locked = locked;
    }

    void whole() {
        whole++;
    }

    /// By the member, after the archive began.
    void deleted() {
        deleted++;
    }

    /// @param what path and reason
    void missing(String what) {
        missingCount++;
        if (missing.size() < MOST_NAMES) {
            missing.add(what);
        }
    }

    private long unseen() {
        return Math.max(0, expected - whole - deleted - missingCount);
    }

    boolean complete() {
        return missingCount == 0 && deleted == 0 && locked == 0 && unseen() == 0;
    }

    String name() {
        return complete() ? "COMPLETE.txt" : "INCOMPLETE.txt";
    }

    String text() {
        if (complete()) {
            return """
                    This archive is complete: %,d pictures.
                    이 보관 파일은 완전합니다. 사진과 동영상 %,d개가 들어 있습니다.
                    """.formatted(whole, whole);
        }
        var text = new StringBuilder("""
                THIS ARCHIVE IS NOT COMPLETE. Do not delete your account because of it.
                이 보관 파일은 완전하지 않습니다. 이것만 믿고 계정을 삭제하지 마세요.

                Pictures in it / 들어 있는 사진: %,d
                Deleted while it was made / 만드는 동안 삭제된 사진: %,d
                MISSING OR DAMAGED ON THE SERVER / 서버에 없거나 손상된 사진: %,d
                """.formatted(whole, deleted + unseen(), missingCount));
        if (locked > 0) {
            text.append("""
                    LEFT OUT, in the locked folder: %,d. Unlock it in Picup and load the archive again.
                    잠긴 폴더에 있어 빠진 사진: %,d. Picup에서 잠긴 폴더를 연 다음 다시 받으세요.
                    """.formatted(locked, locked));
        }
        if (missingCount > 0) {
            text.append("\nTell whoever runs this Picup, who may have a backup:\n이 Picup을 운영하는 사람에게 알려 주세요. 백업이 있을 수 있습니다.\n\n");
            missing.forEach(each -> text.append(each).append('\n'));
        }
        if (missingCount > missing.size()) {
            text.append("… and %,d more / 그 밖에 %,d개\n".formatted(missingCount - missing.size(), missingCount - missing.size()));
        }
        return text.toString();
    }
}
