package picup.storage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;
import picup.events.Listener;
import picup.platform.jobs.JobsByHand;
import picup.platform.security.EndedSessions;
import picup.storage.blob.EncryptionSettings;
import picup.storage.blob.S3Settings;

/// The listeners of the storage side over any database, without Spring's context.
public final class StorageByHand {
    private StorageByHand() {}

    public static Map<String, Listener> listeners(JobsByHand jobs) {
        var settings = new StorageSettings(DataSize.ofTerabytes(1), DataSize.ofGigabytes(64), DataSize.ofGigabytes(1), Duration.ofHours(24), Duration.ofDays(30), DataSize.ofMegabytes(16), null, 0.2,
                StorageSettings.Place.DISK, StorageSettings.Copy.NONE, DataSize.ofGigabytes(10), new EncryptionSettings(List.of()),
                new S3Settings(null, null, "us-east-1", null, null, true, null, null, Duration.ofSeconds(2), Duration.ofSeconds(10)));
        var spaces = new Spaces(jobs.sql, settings, new EndedSessions(), InstantSource.system());
        var emptying = new EmptySpace(spaces, List.of(), jobs.transaction, jobs.jobs);
        return Map.of("spaceFollowsMember", new StorageConfiguration().spaceFollowsMember(new FollowMember(spaces, emptying, _ -> {})));
    }
}
