package picup.backup;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.PicupSettings;
import picup.platform.Role;
import picup.platform.database.PostgresServer;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Lane;
import picup.platform.jobs.NotNow;
import picup.platform.jobs.Priority;
import picup.storage.blob.BlobStore;

/// Once a day takes a backup, and every few days restores one for a trial, where a folder for it is set. In a lane of its own, as it takes hours.
/// A run that a restart cuts off begins again, and copies what is left.
@Component
@InRole(Role.WORKER)
class NightlyBackup implements JobHandler<NightlyBackup.Night> {
    record Night() {}

    static final Lane LANE = new Lane("storage", "backup_job", 1);
    static final JobKind<Night> KIND = new JobKind<>(LANE, "backup", Night.class, 5, Duration.ofMinutes(10));
    private static final Logger LOG = LoggerFactory.getLogger(NightlyBackup.class);

    private final BackupSettings settings;
    private final PicupSettings picup;
    private final PostgresServer database;
    private final BlobStore store;
    private final BackupHistory history;
    private final Jobs jobs;
    private final InstantSource clock;

    NightlyBackup(BackupSettings settings, PicupSettings picup, PostgresServer database, BlobStore store, BackupHistory history, Jobs jobs, InstantSource clock) {
        this.settings = settings;
        this.picup = picup;
        this.database = database;
        this.store = store;
        this.history = history;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind<Night> kind() {
        return KIND;
    }

    /// Puts the next night on the calendar, at start-up and after each one; by however many processes, it is one.
    void scheduleNext() {
        if (settings.folder() != null) {
            var next = next(clock.instant());
            jobs.addOnce(KIND, "at-" + next.getEpochSecond(), new Night(), Priority.BULK, next);
        }
    }

    private Instant next(Instant now) {
        var here = ZonedDateTime.ofInstant(now, ZoneId.systemDefault());
        var today = here.with(settings.time());
        return (today.isAfter(here) ? today : here.plusDays(1).with(settings.time())).toInstant();
    }

    @Override
    public void run(Night night) throws IOException, SQLException, InterruptedException, NotNow {
        scheduleNext();
        var path = settings.folder();
        if (path == null) {
            return; // it was set when this was put on the calendar
        }
        var folder = new BackupFolder(path.toAbsolutePath().normalize());
        try {
            var taken = new TakeBackup(database, picup.data(), store, Progress.quiet()).run(folder, settings.keep(), clock.instant());
            LOG.info("Took the backup {}: {} originals, {} new bytes, {} damaged", taken.name(), taken.originals(), taken.copiedBytes(), taken.damaged().size());
            if (history.verificationIsDue(settings.verifyEvery())) {
                verify(folder, taken.name());
            }
        } catch (java.io.InterruptedIOException e) {
            throw new NotNow("This process is stopping", e);
        }
    }

    private void verify(BackupFolder folder, String name) throws IOException, SQLException, InterruptedException {
        var verified = new VerifyBackup(folder, Progress.quiet()).run(name);
        VerifyBackup.tell(database, verified);
        if (!verified.sound()) {
            throw new IllegalStateException("The backup " + name + " cannot be relied on: " + verified.summary());
        }
        LOG.info("Restored the backup {} for a trial: {}", name, verified.summary());
    }
}
