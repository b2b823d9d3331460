package picup.storage;

import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.context.annotation.Primary;
import picup.events.Delivery;
import picup.events.Listener;
import picup.platform.PicupSettings;
import picup.platform.database.SchemaMigrations;
import picup.platform.jobs.JobKind;
import picup.storage.blob.BlobStore;
import picup.storage.blob.BlobStores;
import picup.storage.blob.DiskBlobs;
import picup.storage.blob.SecondStore;
import picup.storage.blob.LocalCopies;

@Configuration(proxyBeanMethods = false)
class StorageConfiguration {
    @Bean
    SchemaMigrations storageSchema() {
        return new SchemaMigrations("storage");
    }

    @Bean
    DiskBlobs disk(PicupSettings picup) throws IOException {
        return new DiskBlobs(picup.data().resolve("originals"));
    }

    @Bean
    BlobStores blobStores(StorageSettings settings, DiskBlobs disk) {
        return new BlobStores(settings, disk);
    }

    /// The one that is meant by `BlobStore`.
    @Bean
    @Primary
    BlobStore store(BlobStores stores) {
        return stores.originals();
    }

    @Bean
    LocalCopies localCopies(BlobStore store, PicupSettings picup, StorageSettings settings, InstantSource clock) {
        long limitBytes = settings.originals() == StorageSettings.Place.S3 ? settings.cache().toBytes() : 0;
        return new LocalCopies(store, picup.data().resolve("cache/originals"), limitBytes, settings.reserve().toBytes(), clock);
    }

    @Bean
    Originals originals(DiskBlobs disk, BlobStore store, LocalCopies copies, StorageSettings settings) {
        return new Originals(new Incoming(disk.incoming(), settings.reserve().toBytes()), store, copies);
    }

    /// Named `copy`, and not one of the stores that are meant by `BlobStore`.
    @Bean
    SecondStore copy(StorageSettings settings, BlobStores stores, JdbcClient sql) {
        var folder = settings.copyFolder();
        if (settings.copy() == StorageSettings.Copy.S3) {
            return SecondStore.of(stores::s3);
        }
        return folder == null ? SecondStore.none() : SecondStore.inFolder(folder, () ->
                sql.sql("SELECT EXISTS (SELECT FROM storage.blob WHERE copy_checked_at IS NOT NULL)").query(Boolean.class).single(), stores::encrypted);
    }

    @Bean
    DirectParts directParts(BlobStores stores) {
        return stores.directParts();
    }

    @Bean
    UploadParts uploadParts(DiskBlobs disk, PicupSettings picup, StorageSettings settings) throws IOException {
        return new UploadParts(picup.data().resolve("originals/uploads"), new Incoming(disk.incoming(), settings.reserve().toBytes()));
    }

    @Bean
    JobKind<RemoveUnheldBytes.Unheld> removeUnheldBytesKind() {
        return RemoveUnheldBytes.KIND;
    }

    @Bean
    JobKind<SweepOrphans.Sweep> sweepOrphansKind() {
        return SweepOrphans.KIND;
    }

    @Bean
    JobKind<Delivery> newsStillToBeHeard() {
        return Delivery.in(StorageLanes.SHORT);
    }

    @Bean
    JobKind<EmptySpace.Closed> emptySpaceKind() {
        return EmptySpace.KIND;
    }

    @Bean
    JobKind<SweepClosedSpaces.Sweep> sweepClosedSpacesKind() {
        return SweepClosedSpaces.KIND;
    }

    @Bean
    JobKind<ReconcileSpaces.Reconcile> reconcileSpacesKind() {
        return ReconcileSpaces.KIND;
    }

    @Bean
    Listener spaceFollowsMember(FollowMember follow) {
        return follow::on;
    }
}
