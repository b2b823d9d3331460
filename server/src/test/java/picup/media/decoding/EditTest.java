package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.Likeness;
import picup.decoder.Recipe;
import picup.decoder.RenditionFile;

/// Edits by a decoder process, from files. What happens to each pixel is the business of `RetouchedTest`.
class EditTest {
    @TempDir
    Path folder;

    private static Recipe recipe(int turns, Recipe.Crop crop, Recipe.Tones tones) {
        return new Recipe(turns, false, 0, crop, tones);
    }

    private DecodeAnswer.Edited edited(DecoderPool pool, Path file, FileKind kind, Recipe recipe, String out) throws Exception {
        DecodeAnswer answer = pool.decode(DecodeRequest.edit(file, Files.createDirectory(folder.resolve(out)), kind, recipe));
        assertThat(answer).isInstanceOf(DecodeAnswer.Edited.class);
        return (DecodeAnswer.Edited) answer;
    }

    private Path upright() throws Exception {
        return new MadeFiles(folder).patches("upright.png");
    }

    /// A camera held on its side: the recipe speaks of the picture as it is shown, so the crop is the same.
    @Test
    void theOrientationOfTheOriginalComesFirst() throws Exception {
        Path upright = upright();
        Path lying = folder.resolve("lying.v");
        MadeFiles.run("vips", "rot", upright.toString(), lying.toString(), "d270");
        Path photo = folder.resolve("lying.jpg");
        MadeFiles.run("vips", "jpegsave", lying.toString(), photo.toString(), "--Q", "97");
        new MadeFiles(folder).tag(photo, "-n", "-Orientation=6");
        Recipe recipe = recipe(1, new Recipe.Crop(0.5, 0, 0.5, 0.5), Recipe.Tones.NEUTRAL);
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")).withCount(1))) {
            DecodeAnswer.Edited ofLying = edited(pool, photo, FileKind.JPEG, recipe, "lying-out");
            DecodeAnswer.Edited ofUpright = edited(pool, upright, FileKind.PNG, recipe, "upright-out");

            assertThat(ofLying.width()).isEqualTo(160).isEqualTo(ofUpright.width());
            assertThat(ofLying.height()).isEqualTo(240).isEqualTo(ofUpright.height());
            Path expected = folder.resolve("expected.png");
            Path turned = folder.resolve("turned.v");
            MadeFiles.run("vips", "rot", upright.toString(), turned.toString(), "d90");
            MadeFiles.run("vips", "extract_area", turned.toString(), expected.toString(), "160", "0", "160", "240");
            assertThat(Likeness.difference(folder.resolve("lying-out/preview"), expected)).isLessThan(3);
            assertThat(Likeness.difference(folder.resolve("upright-out/preview"), expected)).isLessThan(3);
        }
    }

    @Test
    void aLargePhotoHasItsPixelsInFullAndASmallOneInItsPreview() throws Exception {
        Path large = new MadeFiles(folder).jpeg("large.jpg", 3000, 2400);
        Recipe half = recipe(0, new Recipe.Crop(0, 0, 1, 0.75), new Recipe.Tones(10, 10, 0, 0, 0, 0));
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")).withCount(1))) {
            DecodeAnswer.Edited edited = edited(pool, large, FileKind.JPEG, half, "large-out");
            assertThat(edited.width()).isEqualTo(3000);
            assertThat(edited.height()).isEqualTo(1800);
            assertThat(edited.thumbHash()).isNotBlank();
            assertThat(edited.renditions()).extracting(RenditionFile::name, RenditionFile::width, RenditionFile::height).containsExactlyInAnyOrder(
                    org.assertj.core.api.Assertions.tuple(RenditionFile.Name.FULL, 3000, 1800),
                    org.assertj.core.api.Assertions.tuple(RenditionFile.Name.PREVIEW, 2400, 1440),
                    org.assertj.core.api.Assertions.tuple(RenditionFile.Name.THUMB, 427, 256));

            DecodeAnswer.Edited small = edited(pool, upright(), FileKind.PNG, recipe(2, Recipe.Crop.ALL, Recipe.Tones.NEUTRAL), "small-out");
            assertThat(small.renditions()).extracting(RenditionFile::name).containsExactlyInAnyOrder(RenditionFile.Name.PREVIEW, RenditionFile.Name.THUMB);
        }
    }

    @Test
    void everyWayIntoAFileLeadsToTheSameEdit() throws Exception {
        Path upright = upright();
        Recipe grey = recipe(0, Recipe.Crop.ALL, new Recipe.Tones(0, 0, 0, 0, 0, -100));
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")).withCount(1))) {
            edited(pool, upright, FileKind.PNG, grey, "png-out");
            for (String ending : List.of("webp", "heic", "tif")) {
                Path file = folder.resolve("photo." + ending);
                MadeFiles.run("vips", "copy", upright.toString(), file + (ending.equals("tif") ? "" : "[Q=95]"));
                FileKind kind = Samples.kind(file).orElseThrow();
                edited(pool, file, kind, grey, ending + "-out");
                assertThat(Likeness.difference(folder.resolve(ending + "-out/preview"), folder.resolve("png-out/preview"))).as(ending).isLessThan(4);
            }
            Path sixteen = folder.resolve("sixteen.png");
            MadeFiles.run("vips", "colourspace", upright.toString(), sixteen.toString(), "rgb16");
            edited(pool, sixteen, FileKind.PNG, grey, "sixteen-out");
            assertThat(Likeness.difference(folder.resolve("sixteen-out/preview"), folder.resolve("png-out/preview"))).isLessThan(1);
        }
    }
}
