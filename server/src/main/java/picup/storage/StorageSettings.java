package picup.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Room and its limits.
///
/// @param quota       how much a new member may store; a terabyte as disks are sold
/// @param largestFile no single original is larger; 64 GB is an hour of the largest video a camera makes
/// @param reserve     room that uploads leave free on the disk, so that the database goes on working when it fills
/// @param uploadExpiry how long an upload that was broken off can be resumed after its last byte
@ConfigurationProperties(prefix = "picup.storage", ignoreUnknownFields = false)
public record StorageSettings(
        @DefaultValue("1000000000000B") DataSize quota, @DefaultValue("64GB") DataSize largestFile, @DefaultValue("1GB") DataSize reserve,
        @DefaultValue("24h") Duration uploadExpiry) {
    private static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(1);

    public StorageSettings {
        if (quota.isNegative() || largestFile.toBytes() < 1 || reserve.isNegative()) {
            throw new IllegalArgumentException("picup.storage.quota and reserve cannot be negative, and largest-file is at least one byte");
        }
        if (uploadExpiry.compareTo(SHORTEST_EXPIRY) < 0) {
            throw new IllegalArgumentException("picup.storage.upload-expiry is at least a minute, but is " + uploadExpiry);
        }
    }
}
