package picup.backup.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.backup.BackupHistory;
import picup.backup.BackupSettings;

/// When the last backup was taken, and whether it can be restored. Who may come here is decided at the door: `AdministratorsOnly`.
@RestController
class AdminBackupsController {
    private static final int LATEST = 50;

    private final BackupHistory history;
    private final BackupSettings settings;

    AdminBackupsController(BackupHistory history, BackupSettings settings) {
        this.history = history;
        this.settings = settings;
    }

    /// @param at time of day
    record Schedule(String folder, String at, int keep, long verifyEverySeconds) {}

    /// @param schedule null when none are taken by themselves
    /// @param backups  the latest first, 50 at most
    record Backups(@Nullable Schedule schedule, List<BackupHistory.Backup> backups) {}

    @GetMapping("/api/admin/backups")
    Backups list() {
        var folder = settings.folder();
        return new Backups(folder == null ? null : new Schedule(folder.toString(), settings.at(), settings.keep(), settings.verifyEvery().toSeconds()),
                history.latest(LATEST));
    }
}
