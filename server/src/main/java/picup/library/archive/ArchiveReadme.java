package picup.library.archive;

/// What an archive says to who opens it, perhaps years later and without Picup.
final class ArchiveReadme {
    static final String TEXT = """
            Your pictures from Picup
            ========================

            2008/10/IMG_0001.jpg       the picture or video exactly as it was uploaded, by the year and month it was taken
            2008/10/IMG_0001.jpg.json  all that Picup knows of it
            2008/10/IMG_0001.jpg.xmp   the same for photo programs: time, place, description, rating, tags, favourite, albums
            Sidecars/2008/10/...       files beside pictures (XMP, Google Takeout) exactly as they were uploaded
            Trash/2008/10/...          what was in the trash
            albums.json                your albums; "pictures" are the "id"s in the JSON files, in the order by hand; "texts" stand between them; "parent" is the album around
            member.json                your account
            COMPLETE.txt               all is there. If the file is called INCOMPLETE.txt, it says what is not.

            A Live Photo's video, a RAW beside its JPEG and the rest of a burst are pictures of their own here; "partOf" in their JSON is the "id" of the picture they belong to.
            Two pictures of one name and month: one has a part of its SHA-256 in its name. "sha256" in the JSON is that of the original's bytes.
            A download that broke off is no archive: it has neither of the two last files and programs refuse to open it. Load it again, or year by year.


            Picup에서 내려받은 사진
            =======================

            2008/10/IMG_0001.jpg       올린 그대로의 사진이나 동영상. 찍은 연도와 달별 폴더에 있습니다
            2008/10/IMG_0001.jpg.json  Picup이 알고 있는 모든 정보
            2008/10/IMG_0001.jpg.xmp   사진 프로그램용 정보: 시각, 장소, 설명, 별점, 태그, 즐겨찾기, 앨범
            Sidecars/2008/10/...       올린 그대로의 사진 정보 파일(XMP, Google Takeout)
            Trash/2008/10/...          휴지통에 있던 것
            albums.json                앨범. "pictures"는 JSON 파일의 "id"이며 직접 정한 순서입니다. "texts"는 그 사이의 글, "parent"는 바깥 앨범입니다
            member.json                계정
            COMPLETE.txt               모두 들어 있다는 뜻입니다. INCOMPLETE.txt라면 빠진 것이 적혀 있습니다.

            라이브 포토의 동영상, JPEG과 함께 찍힌 RAW, 연속 촬영의 나머지 사진은 각각 따로 들어 있습니다. JSON의 "partOf"는 함께 묶인 사진의 "id"입니다.
            같은 달에 이름이 같은 사진이 있으면 하나는 이름에 SHA-256의 일부가 붙습니다. JSON의 "sha256"은 원본 바이트의 값입니다.
            중간에 끊긴 다운로드는 열리지 않습니다. 다시 받거나 연도별로 나누어 받으세요.
            """.replace("\n", "\r\n"); // so that every system's simplest editor shows lines

    static final String MISSING = """
            THE ORIGINAL IS NOT HERE, or not all of it. The server should have it and has not. See INCOMPLETE.txt.
            원본이 없거나 일부만 있습니다. 서버에 있어야 하지만 없습니다. INCOMPLETE.txt를 보세요.
            """;

    private ArchiveReadme() {}
}
