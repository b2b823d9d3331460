package picup.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.PicupSettings;

class SweepRenditionsModuleTest extends RunningPicup {
    @Autowired
    private SweepRenditions sweep;

    @Autowired
    private Renditions renditions;

    @Autowired
    private PicupSettings picup;

    @Test
    void whatACrashLeftGoesAndWhatIsInUseStays() throws IOException {
        var left = aged(renditions.workbench());
        var inUse = renditions.workbench();
        Files.setLastModifiedTime(inUse, FileTime.from(clock.instant()));
        var orphan = made("ab" + "0".repeat(62));
        var held = made("cd" + "0".repeat(62));
        database.sql("INSERT INTO storage.original (owner_id, digest, size_bytes, kept_at) VALUES (?, decode(?, 'hex'), 1, now())")
                .params(Ids.next(), held.getFileName().toString()).update();

        sweep.run(new SweepRenditions.Sweep());

        assertThat(left).doesNotExist();
        assertThat(inUse).exists();
        assertThat(orphan).doesNotExist();
        assertThat(held).exists();
    }

    private Path made(String digest) throws IOException {
        var made = Files.createDirectories(picup.data().resolve("renditions").resolve(digest.substring(0, 2)).resolve(digest));
        Files.writeString(made.resolve("thumb.jpg"), "x");
        return aged(made);
    }

    private Path aged(Path folder) throws IOException {
        Files.writeString(folder.resolve("half.jpg"), "x");
        return Files.setLastModifiedTime(folder, FileTime.from(clock.instant().minus(Duration.ofHours(25))));
    }
}
