package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.Likeness;
import picup.decoder.RenditionFile;

/// What came of a still, and how it looks beside another one.
record Shown(Facts facts, Path preview, Path thumb, boolean webp) {

    static Shown by(DecoderPool pool, Path file, Path folder) throws Exception {
        DecodeAnswer answer = answer(pool, file, folder);
        assertThat(answer).as(file.toString()).isInstanceOf(DecodeAnswer.Decoded.class);
        DecodeAnswer.Decoded decoded = (DecodeAnswer.Decoded) answer;
        Path out = folder.resolve(file.getFileName() + ".out");
        boolean webp = decoded.renditions().stream()
                .anyMatch(made -> made.name() == RenditionFile.Name.PREVIEW && made.mediaType().equals("image/webp"));
        return new Shown(decoded.facts(), out.resolve("preview"), out.resolve("thumb"), webp);
    }

    static DecodeAnswer answer(DecoderPool pool, Path file, Path folder) throws Exception {
        FileKind kind = Samples.kind(file).orElseThrow(() -> new AssertionError(file + " is of no kind"));
        return pool.decode(DecodeRequest.render(file, Files.createDirectories(folder.resolve(file.getFileName() + ".out")), kind));
    }

    int frames() throws Exception {
        return Likeness.frames(preview);
    }
}
