package picup.library.search;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picup.decoder.FileKind;
import picup.library.place.Town;
import picup.platform.MemberId;

/// The words of one picture, as a `tsvector` without positions. English and Korean stand beside each other, because people search in either,
/// whatever the app speaks.
final class PictureWords {
    /// What of a picture is made of words.
    ///
    /// @param stack     most telling part of its item: `live`, `raw`, `burst`
    /// @param animation it has several frames and is no video
    record Source(
            MemberId owner, FileKind kind, String fileName, LocalDateTime takenAt, @Nullable String camera, @Nullable String description, List<String> tags,
            @Nullable String stack, boolean panorama, boolean animation, boolean motion) {}

    /// A description of 16,000 characters has some 3,000 words; a `tsvector` of these takes 10 KB.
    private static final int MOST = 2000;

    /// Of a word that may begin anywhere, so much is kept from each beginning.
    static final int PIECE_CHARS = 12;

    /// What people say, where the Unicode names of countries (CLDR) say something else.
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "KR", "한국 korea", "US", "usa america", "GB", "uk britain england", "AE", "uae", "CZ", "czech republic 체코 공화국", "NL", "holland", "TR", "turkey", "HK", "hong kong 홍콩");

    private final Set<String> lexemes = new LinkedHashSet<>();

    private PictureWords() {}

    /// The literal of a `tsvector`. What nobody typed comes first, so that no description pushes it out.
    static String of(Source picture, @Nullable Town town) {
        var words = new PictureWords();
        words.lexemes.add(ofOwner(picture.owner()));
        words.date(picture.takenAt());
        words.kinds(picture);
        words.town(town);
        words.text(picture.fileName());
        words.text(picture.camera());
        picture.tags().forEach(words::text);
        words.text(picture.description());
        return words.lexemes.stream().limit(MOST).map(PictureWords::quoted).collect(Collectors.joining(" "));
    }

    /// An entry of the index that all pictures of a member have: the index lies over those of all members, and a common word is
    /// everybody's. No word has an `@`. Half of the id is enough, because it decides nothing: every query names the owner as well.
    static String ofOwner(MemberId owner) {
        return "@" + owner.toString().substring(19);
    }

    static String quoted(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String month(int month) {
        return month + "월";
    }

    static String day(int day) {
        return day + "일";
    }

    private void date(LocalDateTime at) {
        lexemes.add(at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT));
        lexemes.add(month(at.getMonthValue()));
        lexemes.add(day(at.getDayOfMonth()));
    }

    private void kinds(Source picture) {
        text(picture.kind().name());
        text(picture.kind().video() ? "videos movies 동영상 비디오" : "photos pictures 사진");
        if (picture.panorama()) {
            text("panoramas 360 파노라마");
        }
        if (picture.animation()) {
            text("animations gif 움직이는사진");
        }
        if (picture.motion() || "live".equals(picture.stack())) {
            text("live motion photos 라이브 모션포토");
        }
        if (picture.kind() == FileKind.RAW || "raw".equals(picture.stack())) {
            text("raw");
        }
        if ("burst".equals(picture.stack())) {
            text("bursts 연속촬영");
        }
    }

    private void town(@Nullable Town town) {
        if (town == null) {
            return;
        }
        text(town.name());
        text(town.nameKo());
        text(town.region());
        text(town.regionKo());
        var country = Locale.of("", town.country());
        text(country.getDisplayCountry(Locale.ENGLISH));
        text(country.getDisplayCountry(Locale.KOREAN));
        text(OTHER_NAMES.get(town.country()));
    }

    private void text(@Nullable String text) {
        if (text == null) {
            return;
        }
        for (var word : Words.of(text)) {
            if (lexemes.size() >= MOST) {
                return;
            }
            if (word.script() == Words.Script.UNSPACED) {
                fromEachBeginning(word.text());
            } else {
                lexemes.add(Words.cut(word.text()));
            }
        }
    }

    private void fromEachBeginning(String word) {
        var points = word.codePoints().toArray();
        for (int from = 0; from < points.length && lexemes.size() < MOST; from++) {
            lexemes.add(new String(points, from, Math.min(PIECE_CHARS, points.length - from)));
        }
    }
}
