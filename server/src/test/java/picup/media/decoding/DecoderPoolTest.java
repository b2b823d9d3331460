package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;

class DecoderPoolTest {

    @TempDir
    Path folder;

    @Test
    void aPhotoComesBackAsFactsAndTwoPictures() throws Exception {
        Path photo = new MadeFiles(folder).jpeg("photo.jpg", 4000, 3000);
        Path out = Files.createDirectory(folder.resolve("out"));
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")))) {
            DecodeAnswer answer = pool.decode(DecodeRequest.render(photo, out, FileKind.JPEG));

            assertThat(answer).isInstanceOfSatisfying(DecodeAnswer.Decoded.class, decoded -> {
                assertThat(decoded.facts().width()).isEqualTo(4000);
                assertThat(decoded.facts().height()).isEqualTo(3000);
                assertThat(decoded.facts().thumbHash()).isNotNull();
                assertThat(decoded.renditions()).extracting(RenditionFile::name, RenditionFile::width, RenditionFile::height)
                        .containsExactlyInAnyOrder(tuple(RenditionFile.Name.PREVIEW, 1920, 1440), tuple(RenditionFile.Name.THUMB, 341, 256));
            });
            assertThat(out).isDirectoryContaining("glob:**/thumb").isDirectoryContaining("glob:**/preview");
        }
    }
}
