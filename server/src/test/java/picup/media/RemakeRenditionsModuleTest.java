package picup.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.PicupSettings;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.Ledger;
import picup.storage.Originals;
import picup.storage.StorageLanes;

@Import(RemakeRenditionsModuleTest.Ear.class)
class RemakeRenditionsModuleTest extends RunningPicup {
    /// Hears what became of originals.
    @TestConfiguration
    static class Ear {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(OriginalRendered rendered) {
            heard.add("rendered " + rendered.digest().hex() + " for " + rendered.owner());
        }

        @EventListener
        void on(OriginalUnreadable unreadable) {
            heard.add(unreadable.reason() + " " + unreadable.digest().hex() + " for " + unreadable.owner());
        }
    }

    @Autowired
    private RemakeRenditions remake;

    @Autowired
    private RequestRenditions rendering;

    @Autowired
    private Renditions renditions;

    @Autowired
    private DecodingOrders orders;

    @Autowired
    private Originals originals;

    @Autowired
    private Ledger ledger;

    @Autowired
    private Jobs jobs;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private PicupSettings picup;

    @Autowired
    private Ear ear;

    private final MemberId owner = new MemberId(Ids.next());

    @BeforeEach
    void nothingIsGoingOn() {
        await().atMost(60, TimeUnit.SECONDS).until(this::idle);
        ear.heard.clear();
    }

    @Test
    void newSettingsMakeEverythingAgainOnceAndWhatFailedIsTriedOnce() throws Exception {
        var photo = hold(owner, photo(1));
        var broken = hold(owner, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 2});
        database.sql("UPDATE storage.decoding SET remade_version = 0").update();

        remake.begin();

        await().atMost(60, TimeUnit.SECONDS).until(() -> orders.remadeVersion() == RenditionFile.VERSION && idle());
        assertThat(ear.heard).containsExactlyInAnyOrder("rendered " + photo.hex() + " for " + owner, "UNREADABLE " + broken.hex() + " for " + owner);
        assertThat(ledger.renderedBefore(RenditionFile.VERSION, null, 10)).isEmpty();
        assertThat(renditions.shows(photo)).isTrue();

        remake.begin();
        database.sql("UPDATE storage.decoding SET remade_version = 0").update();
        remake.begin();
        await().atMost(60, TimeUnit.SECONDS).until(() -> orders.remadeVersion() == RenditionFile.VERSION && idle());
        assertThat(ear.heard).hasSize(2);
    }

    @Test
    void whatCanNoLongerBeMadeIsShownAsBefore() throws Exception {
        var broken = hold(owner, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 3});
        Files.writeString(Files.createDirectories(folderOf(broken)).resolve("thumb.jpg"), "made by former settings");

        rendering.later(owner, broken, FileKind.JPEG, Priority.BULK);

        await().atMost(60, TimeUnit.SECONDS).until(() -> idle() && ledger.renderedBefore(RenditionFile.VERSION, null, 10).isEmpty());
        assertThat(ear.heard).isEmpty();
        assertThat(renditions.find(broken, "thumb", List.of("thumb.jpg"))).isPresent();
    }

    @Test
    void theSameBytesOfSomebodyElseNeedNoDecoder() throws Exception {
        var photo = hold(owner, photo(2));
        rendering.later(owner, photo, FileKind.JPEG, Priority.INTERACTIVE);
        await().atMost(60, TimeUnit.SECONDS).until(this::idle);
        var made = Files.getAttribute(folderOf(photo).resolve("thumb.jpg"), "unix:ino");
        var twin = new MemberId(Ids.next());
        hold(twin, photo(2));

        rendering.later(twin, photo, FileKind.JPEG, Priority.INTERACTIVE);

        await().atMost(60, TimeUnit.SECONDS).until(this::idle);
        assertThat(ear.heard).containsExactly("rendered " + photo.hex() + " for " + owner, "rendered " + photo.hex() + " for " + twin);
        assertThat(Files.getAttribute(folderOf(photo).resolve("thumb.jpg"), "unix:ino")).isEqualTo(made);
    }

    @Test
    void whatIsMissingOrOfFormerSettingsIsDecodedAgainAndOldFilesGo() throws Exception {
        var photo = hold(owner, photo(3));
        rendering.later(owner, photo, FileKind.JPEG, Priority.INTERACTIVE);
        await().atMost(60, TimeUnit.SECONDS).until(this::idle);
        Files.delete(folderOf(photo).resolve("thumb.jpg"));
        Files.writeString(folderOf(photo).resolve("preview.webp"), "made by former settings");
        Files.writeString(folderOf(photo).resolve("video.mp4"), "made in an hour");

        rendering.later(owner, photo, FileKind.JPEG, Priority.INTERACTIVE);

        await().atMost(60, TimeUnit.SECONDS).until(this::idle);
        assertThat(folderOf(photo).resolve("thumb.jpg")).isNotEmptyFile();
        assertThat(folderOf(photo).resolve("preview.webp")).doesNotExist();
        assertThat(folderOf(photo).resolve("video.mp4")).exists();
    }

    private boolean idle() {
        return database.sql("SELECT count(*) FROM storage.job WHERE task_name IN ('render-original', 'remake-renditions')").query(Long.class).single() == 0;
    }

    private Digest hold(MemberId who, byte[] bytes) throws IOException {
        var staged = originals.stage(new ByteArrayInputStream(bytes), Long.MAX_VALUE);
        var kept = ledger.keep(staged);
        transaction.executeWithoutResult(_ -> assertThat(ledger.hold(who, kept)).isEqualTo(new Ledger.Held.Now()));
        return staged.digest();
    }

    private Path folderOf(Digest digest) {
        return picup.data().resolve("renditions").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private static byte[] photo(int seed) throws IOException {
        var image = new BufferedImage(320 + seed, 240, BufferedImage.TYPE_INT_RGB);
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
