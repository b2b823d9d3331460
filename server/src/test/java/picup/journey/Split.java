package picup.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import picup.platform.TestDatabase;

/// Picup in three processes, one for each role: the member role with a database and a data folder of its own, the other two with
/// one between them.
final class Split implements AutoCloseable {
    final TestDatabase memberDatabase = TestDatabase.empty();
    final TestDatabase storageDatabase = TestDatabase.empty();
    final Instance member;
    final Instance storage;
    final Instance worker;

    /// @param settings of every process
    Split(Path folder, String... settings) {
        member = Instance.startingAtFullSpeed(in(folder, "member"), with(settings, memberDatabase, "picup.roles=member", "picup.events.broker=rabbitmq"));
        var stored = in(folder, "storage");
        storage = Instance.starting(stored, with(settings, storageDatabase, "picup.roles=storage", "picup.member-url=" + member.address()));
        worker = Instance.starting(in(folder, "worker"), with(settings, storageDatabase, "picup.roles=worker", "picup.data=" + stored.resolve("data")));
        List.of(member, storage, worker).forEach(Instance::awaitReady);
    }

    private static Path in(Path folder, String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] with(String[] settings, TestDatabase database, String... more) {
        var all = new LinkedHashSet<>(List.of(settings)); // said twice, a setting would be a list
        all.addAll(List.of(more));
        all.addAll(List.of("picup.database.url=" + database.url(), "picup.database.username=" + database.username(),
                "picup.database.password=" + database.password(), "picup.database.connections=6"));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() throws InterruptedException {
        worker.close();
        storage.close();
        member.close();
    }
}
