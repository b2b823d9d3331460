package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final DecodeAnswer.Decoded FULL = new DecodeAnswer.Decoded(
            new Facts(new Facts.Image(4032, 3024, 6, 1, true, "Display P3",
                    new Facts.Panorama(Facts.Panorama.Projection.EQUIRECTANGULAR, 8064, 4032, 2016, 504, 90.5)),
                    new Facts.Taken(LocalDateTime.of(2020, 5, 4, 18, 39, 11, 644_000_000), -14_400, "EXIF:DateTimeOriginal"),
                    new Facts.Place(41.2203, -96.071625, 300.5),
                    new Facts.Camera("Apple", "iPhone 11 Pro", "back camera", 125, 0.01, 1.8, 4.25),
                    new Facts.Clip(1233, "h264", "aac", 29.97, true),
                    new Facts.Words(5, "Grüße\naus 東京 🗼", List.of("Reise|Japan", "가족"), List.of(new Facts.Face("Anna", 0.5, 0.4, 0.1, 0.2))),
                    new Facts.Ties("1745E022", "0d7b1b1e"), "HwgKLZpw"),
            List.of(new RenditionFile(RenditionFile.Name.THUMB, "image/webp", 256, 341, 4711)));

    private static final DecodeAnswer.Decoded BARE = new DecodeAnswer.Decoded(
            new Facts(new Facts.Image(1, 1, 1, 1, false, null, null), null, null, Facts.Camera.UNKNOWN, null, Facts.Words.NONE, Facts.Ties.NONE,
                    null), List.of());

    private static final DecodeAnswer.Described DESCRIBED = new DecodeAnswer.Described(new SidecarFacts("IMG_1.jpg",
            FULL.facts().taken(), FULL.facts().place(), FULL.facts().words(), true));

    @Test
    void whatGoesInComesOut() throws IOException {
        DecodeRequest request = DecodeRequest.playable(Path.of("in/original.mov"), Path.of("out"), FileKind.MOV);
        DecodeAnswer refused = new DecodeAnswer.Refused(DecodeAnswer.Reason.UNREADABLE, "no SOI");

        assertThat(Wire.readRequest(in(Wire.request(request)))).isEqualTo(request);
        DecodeRequest edit = DecodeRequest.edit(Path.of("in/original.jpg"), Path.of("out"), FileKind.JPEG, new Recipe(3, true, -12.5,
                new Recipe.Crop(0.25, 0.125, 0.5, 0.375), new Recipe.Tones(-100, 100, 1, -1, 50, -50)));
        assertThat(Wire.readRequest(in(Wire.request(edit)))).isEqualTo(edit);
        DecodeAnswer edited = new DecodeAnswer.Edited(3024, 4032, "HwgKLZpw", FULL.renditions());
        assertThat(Wire.readAnswer(in(Wire.answer(edited)))).isEqualTo(edited);
        assertThat(Wire.readAnswer(in(Wire.answer(FULL)))).isEqualTo(FULL);
        assertThat(Wire.readAnswer(in(Wire.answer(BARE)))).isEqualTo(BARE);
        assertThat(Wire.readAnswer(in(Wire.answer(DESCRIBED)))).isEqualTo(DESCRIBED);
        assertThat(Wire.readAnswer(in(Wire.answer(refused)))).isEqualTo(refused);
        Wire.readReady(in(Wire.ready()));
        Wire.readGo(in(Wire.go()));
        assertThat(Wire.readNeeds(in(Wire.needs(1L << 40)))).isEqualTo(1L << 40);
        assertThatExceptionOfType(Wire.Malformed.class).isThrownBy(() -> Wire.readNeeds(in(Wire.needs(-1))));
    }

    @Test
    void theEndIsNotMistakenForNonsense() {
        byte[] frame = Wire.answer(FULL);
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> Wire.readAnswer(in(new byte[0])));
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> Wire.readAnswer(in(Arrays.copyOf(frame, frame.length - 1))));
    }

    @Test
    void aLengthThatLiesAllocatesNothing() {
        for (int length : new int[] {-1, 0, 1, Wire.MAX_FRAME_BYTES + 1, Integer.MAX_VALUE}) {
            byte[] frame = ByteBuffer.allocate(8).putInt(length).array();
            assertThatExceptionOfType(Wire.Malformed.class).isThrownBy(() -> Wire.readAnswer(in(frame)));
        }
    }

    @Test
    void leftOversAndTheWrongTypeAreRefused() {
        byte[] frame = Wire.answer(BARE);
        byte[] longer = Arrays.copyOf(frame, frame.length + 1);
        longer[3]++;
        assertThatExceptionOfType(Wire.Malformed.class).isThrownBy(() -> Wire.readAnswer(in(longer)));
        assertThatExceptionOfType(Wire.Malformed.class).isThrownBy(() -> Wire.readReady(in(frame)));
    }

    @Test
    void flippedBitsGiveAValidAnswerOrAnIOExceptionAndNothingElse() {
        Random random = new Random(7);
        byte[] frame = Wire.answer(FULL);
        for (int i = 0; i < 100_000; i++) {
            byte[] flipped = frame.clone();
            for (int bits = 1 + random.nextInt(6); bits > 0; bits--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(Wire.readAnswer(in(flipped))).isNotNull();
            } catch (IOException refused) {
                assertThat(refused).isInstanceOfAny(Wire.Malformed.class, EOFException.class);
            }
        }
    }

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
