package picup.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import picup.storage.blob.EncryptionSettings;
import picup.storage.blob.S3Settings;

/// Room and its limits.
///
/// @param quota       how much a new member may store; a terabyte as disks are sold
/// @param largestFile no single original is larger; 64 GB is an hour of the largest video a camera makes
/// @param reserve     room that uploads leave free on the disk, so that the database goes on working when it fills
/// @param uploadExpiry how long an upload that was broken off can be resumed after its last byte
/// @param scrubPeriod every original is read back within this time, at least an hour; new ones within the hour
/// @param scrubRate   at most so many bytes a second are read back by a worker, 64KB at least
/// @param copyFolder  a second disk where every original is copied to; Picup does not make this folder
/// @param purgeAlertShare deletions for good wait for a confirmation when they take more than this share of a library within a day; 1 never
/// @param originals   where new originals are kept. What lies in the other of the two is still found, if that is configured
/// @param copy        where every original is copied to; `disk` needs `picup.storage.copy-folder`, `s3` that originals are on disk
/// @param cache       how much room copies of originals may take on this machine, where they are kept in S3; decoders need files
/// @param encryption  of originals where they are stored
/// @param s3          the bucket
@ConfigurationProperties(prefix = "picup.storage", ignoreUnknownFields = false)
public record StorageSettings(
        @DefaultValue("1000000000000B") DataSize quota, @DefaultValue("64GB") DataSize largestFile, @DefaultValue("1GB") DataSize reserve,
        @DefaultValue("24h") Duration uploadExpiry,
        @DefaultValue("30d") Duration scrubPeriod, @DefaultValue("16MB") DataSize scrubRate, @Nullable Path copyFolder,
        @DefaultValue("0.2") double purgeAlertShare,
        @DefaultValue("disk") Place originals, @DefaultValue("none") Copy copy, @DefaultValue("10GB") DataSize cache,
        @DefaultValue EncryptionSettings encryption, @DefaultValue S3Settings s3) {
    public enum Place { DISK, S3 }

    public enum Copy { NONE, DISK, S3 }

    private static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(1);

    /// At this rate a hundred gigabytes take twenty days.
    private static final DataSize LEAST_RATE = DataSize.ofKilobytes(64);
    private static final Duration LEAST_PERIOD = Duration.ofHours(1);

    public StorageSettings {
        if (quota.isNegative() || largestFile.toBytes() < 1 || reserve.isNegative()) {
            throw new IllegalArgumentException("picup.storage.quota and reserve cannot be negative, and largest-file is at least one byte");
        }
        if (uploadExpiry.compareTo(SHORTEST_EXPIRY) < 0) {
            throw new IllegalArgumentException("picup.storage.upload-expiry is at least a minute, but is " + uploadExpiry);
        }
        if (scrubPeriod.compareTo(LEAST_PERIOD) < 0 || scrubRate.compareTo(LEAST_RATE) < 0) {
            throw new IllegalArgumentException("picup.storage.scrub-period is an hour or more, and scrub-rate 64KB or more, but they are %s and %s".formatted(scrubPeriod, scrubRate));
        }
        if (!(purgeAlertShare >= 0 && purgeAlertShare <= 1)) {
            throw new IllegalArgumentException("picup.storage.purge-alert-share must be 0 to 1, but is " + purgeAlertShare);
        }
        if (copyFolder != null) {
            copyFolder = copyFolder.toString().isBlank() ? null : copyFolder.toAbsolutePath().normalize();
        }
        if (copy == Copy.DISK && copyFolder == null || copy == Copy.S3 && copyFolder != null) {
            throw new IllegalArgumentException("picup.storage.copy-folder is for picup.storage.copy=disk, which needs it");
        }
        if (cache.isNegative()) {
            throw new IllegalArgumentException("picup.storage.cache cannot be negative, but is " + cache);
        }
        if ((originals == Place.S3 || copy == Copy.S3) && !s3.configured()) {
            throw new IllegalArgumentException("picup.storage.s3.bucket is needed with picup.storage.originals=s3 or copy=s3");
        }
        if (originals == Place.S3 && copy == Copy.S3) {
            throw new IllegalArgumentException("picup.storage.copy=s3 would be the bucket where the originals are; a copy in the same place is none");
        }
    }
}
