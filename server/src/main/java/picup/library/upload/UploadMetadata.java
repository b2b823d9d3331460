package picup.library.upload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picup.library.ImportPicture;
import picup.library.TakenAtText;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Digest;

/// What a client says of a file before it sends it: the pairs of `Upload-Metadata` (tus 1.0, Creation). Keys that mean nothing here are
/// ignored.
///
/// @param words  hostile text
/// @param sha256 which the bytes must have; null where the client does not know
/// @param force  bring it back although it was deleted for good before
/// @param bulk   an import that nobody is waiting for
public record UploadMetadata(ImportPicture.Words words, @Nullable Digest sha256, boolean force, boolean bulk) {
    /// A folder of 1,024 characters takes 4,096 as UTF-8 in Base64, a name of 255 a thousand.
    private static final int LONGEST_CHARS = 8192;
    private static final int MOST_KEYS = 32;

    /// @param header null when there is none
    /// @throws ProblemException `bad-value`
    static UploadMetadata parse(@Nullable String header) {
        var pairs = pairs(header == null ? "" : header.strip());
        var takenAt = pairs.getOrDefault("takenAt", "");
        var sha256 = pairs.getOrDefault("sha256", "");
        return new UploadMetadata(
                new ImportPicture.Words(pairs.getOrDefault("folder", ""), pairs.getOrDefault("filename", ""), takenAt.isEmpty() ? null : TakenAtText.parse(takenAt),
                        pairs.getOrDefault("source", "")),
                sha256.isEmpty() ? null : Digest.ofHex(sha256), pairs.getOrDefault("force", "").equals("true"), pairs.getOrDefault("bulk", "").equals("true"));
    }

    private static Map<String, String> pairs(String header) {
        if (header.length() > LONGEST_CHARS) {
            throw bad("is longer than %,d characters".formatted(LONGEST_CHARS));
        }
        if (!header.chars().allMatch(each -> each >= ' ' && each <= '~')) {
            throw bad("is not ASCII");
        }
        var pairs = new HashMap<String, String>();
        for (var pair : header.isEmpty() ? new String[0] : header.split(",", -1)) {
            var words = pair.strip().split(" +", -1);
            if (words[0].isEmpty() || words.length > 2) {
                throw bad("has something that is no key with a value");
            }
            if (pairs.put(words[0], words.length == 1 ? "" : text(words[1])) != null) {
                throw bad("has the key %s twice".formatted(words[0]));
            }
            if (pairs.size() > MOST_KEYS) {
                throw bad("has more than %d keys".formatted(MOST_KEYS));
            }
        }
        return pairs;
    }

    private static String text(String base64) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64))).toString();
        } catch (IllegalArgumentException e) {
            throw bad("has a value that is not Base64");
        } catch (CharacterCodingException e) {
            throw bad("has a value that is not UTF-8");
        }
    }

    private static ProblemException bad(String what) {
        return Problem.BAD_VALUE.because("Upload-Metadata %s. Write it as: key, space, Base64 of the value in UTF-8; commas between.".formatted(what));
    }
}
