package picup.library.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.PicupSettings;

class SweepEditsModuleTest extends RunningPicup {
    @Autowired
    private SweepEdits sweep;

    @Autowired
    private RemoveEdits remove;

    @Autowired
    private PicupSettings picup;

    private final MemberId owner = new MemberId(Ids.next());

    @Test
    void whatACrashLeftGoesAndWhatIsShownStays() throws IOException {
        var gone = Ids.next();
        var shown = picture("ready", 3);
        var waiting = picture("processing", null);
        var justNow = Ids.next();
        var ofGone = made(gone, 1);
        var former = made(shown, 2);
        var present = made(shown, 3);
        var ofWaiting = made(waiting, 4);
        var young = made(justNow, 1);
        age(gone);
        age(shown);
        age(waiting);

        sweep.run(new SweepEdits.Sweep());

        assertThat(List.of(ofGone, former, folder(gone))).allSatisfy(path -> assertThat(path).doesNotExist());
        assertThat(List.of(present, ofWaiting, young)).allSatisfy(path -> assertThat(path).exists());
    }

    /// A recovery from labels brings rows back, and no jobs.
    @Test
    void whatIsWantedIsAskedForOnce() throws IOException {
        var waiting = picture("processing", null);
        sweep.run(new SweepEdits.Sweep());
        sweep.run(new SweepEdits.Sweep());
        assertThat(database.sql("SELECT count(*) FROM storage.picture WHERE id = :id AND edit_state = 'processing'").param("id", waiting).query(Long.class).single()).isOne();
        assertThat(database.sql("SELECT count(*) FROM storage.job WHERE task_name = 'edit-original' AND task_instance = :id").param("id", waiting + "-4").query(Long.class).single())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void aMemberWhoLeavesLeavesNoFile() throws IOException {
        var file = made(Ids.next(), 1);
        assertThat(remove.leftOf(List.of(owner, new MemberId(Ids.next())))).containsExactly(owner);

        remove.removeAll(owner);

        assertThat(file).doesNotExist();
        assertThat(remove.leftOf(List.of(owner))).isEmpty();
    }

    private UUID picture(String state, Integer shownNumber) {
        var id = Ids.next();
        database.sql("""
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at, edit, edit_number, edit_state, shown_edit, shown_edit_number)
                VALUES (:owner, :id, decode(replace(:id::text, '-', '') || repeat('0', 32), 'hex'), 'jpeg', 'a.jpg', 1, 'ready', now(), 'upload', now(), '{}', 4, :state, NULL, :shown)
                """)
                .param("owner", owner.value()).param("id", id).param("state", state).param("shown", shownNumber, java.sql.Types.INTEGER).update();
        return id;
    }

    private Path folder(UUID picture) {
        var name = owner.value().toString();
        return picup.data().resolve("renditions/edited").resolve(name.substring(name.length() - 2)).resolve(name).resolve(picture.toString());
    }

    private Path made(UUID picture, int number) throws IOException {
        return Files.writeString(Files.createDirectories(folder(picture).resolve(Integer.toString(number))).resolve("thumb.jpg"), "x");
    }

    private void age(UUID picture) throws IOException {
        Files.setLastModifiedTime(folder(picture), FileTime.from(clock.instant().minus(Duration.ofHours(25))));
    }
}
