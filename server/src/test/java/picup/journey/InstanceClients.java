package picup.journey;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that upload without end, repeat what failed, and note every receipt.
final class InstanceClients implements AutoCloseable {
    private static final int LARGEST_COMMENT = 65_000;
    private static final int MOST_COMMENTS = 24; // photos from 65 KB to 1.6 MB
    private static final long PAUSE_NANOS = 40_000_000;

    /// Digest → size, of every upload that was answered with 2xx.
    final Map<String, Integer> receipts = new ConcurrentHashMap<>();
    /// Other answers and broken connections, by what they were.
    final Map<String, Integer> troubles = new ConcurrentHashMap<>();
    private final AtomicLong lastReceipt = new AtomicLong(System.nanoTime());
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] photo = Samples.photo();
    private final Person person;
    private volatile boolean stopping;

    InstanceClients(Person person, int clients, long seed) {
        this.person = person;
        var random = new SplittableRandom(seed);
        for (int client = 0; client < clients; client++) {
            var own = random.split();
            threads.submit(() -> uploadUntilStopped(own));
        }
    }

    private void uploadUntilStopped(SplittableRandom random) {
        while (!stopping) {
            var bytes = photoOfItsOwn(random);
            // The same bytes until there is a receipt: a client cannot know whether the one that broke was taken.
            while (!received(bytes)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /// The photo with comments of random bytes, which no decoder minds: a file like no other.
    private byte[] photoOfItsOwn(SplittableRandom random) {
        int comments = 1 + random.nextInt(MOST_COMMENTS);
        var bytes = ByteBuffer.allocate(photo.length + comments * (LARGEST_COMMENT + 4));
        bytes.put(photo, 0, 2); // start of image
        var comment = new byte[LARGEST_COMMENT];
        for (int i = 0; i < comments; i++) {
            random.nextBytes(comment);
            bytes.putShort((short) 0xFFFE).putShort((short) (LARGEST_COMMENT + 2)).put(comment);
        }
        return bytes.put(photo, 2, photo.length - 2).array();
    }

    private boolean received(byte[] bytes) {
        try {
            var answer = person.upload("photo-%d.jpg".formatted(count.incrementAndGet()), bytes);
            if (answer.status() == 201 || answer.status() == 200) {
                receipts.put(sha256(bytes), bytes.length);
                lastReceipt.set(System.nanoTime());
                return true;
            }
            troubles.merge(answer.toString(), 1, Integer::sum);
        } catch (UncheckedIOException e) {
            troubles.merge(e.getCause().getClass().getSimpleName(), 1, Integer::sum);
        }
        return false;
    }

    boolean receivedSince(long nanoTime) {
        return lastReceipt.get() - nanoTime > 0;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Lets every client get its last receipt.
    void finish() throws InterruptedException {
        stopping = true;
        threads.shutdown();
        if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
            throw new AssertionError("Uploads are still not answered: " + troubles);
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
