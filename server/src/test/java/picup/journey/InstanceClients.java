package picup.journey;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients of some members that upload, delete for good and upload again without end, repeat what failed, and note every receipt. Part of
/// what they upload is the same for all members, so that bytes are taken in by one while another lets them go.
final class InstanceClients implements AutoCloseable {
    /// They delete more for good than a person means to.
    static final String WITHOUT_GUARD = "picup.storage.purge-alert-share=1";

    private static final int LARGEST_COMMENT = 65_000;
    private static final int MOST_COMMENTS = 24; // photos from 65 KB to 1.6 MB
    private static final long PAUSE_NANOS = 40_000_000;
    private static final int SHARED_PHOTOS = 4; // of each client, with the clients of the other members that have its number

    /// What each member has by the receipts: digest → size. All there is after [#finish]; before, there may be more, of which the receipt
    /// or the deletion is on its way.
    final Map<String, Map<String, Integer>> kept = new ConcurrentHashMap<>();
    /// Answers that were not wanted and broken connections, by what they were.
    final Map<String, Integer> troubles = new ConcurrentHashMap<>();
    final AtomicInteger uploads = new AtomicInteger();
    final AtomicInteger deletions = new AtomicInteger();
    private final AtomicLong lastReceipt = new AtomicLong(System.nanoTime());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] photo = Samples.photo(320, 240);
    private final String address;
    private volatile boolean stopping;

    /// @param members who have signed up
    /// @param each    clients of each of them
    InstanceClients(String address, List<String> members, int each, long seed) {
        this.address = address;
        for (var member : members) {
            kept.put(member, new ConcurrentHashMap<>());
        }
        var random = new SplittableRandom(seed);
        for (int number = 0; number < each; number++) {
            var sharedSeed = random.nextLong();
            for (var member : members) {
                var own = random.split();
                var client = new Client(member, own, shared(new SplittableRandom(sharedSeed)));
                threads.submit(client::workUntilStopped);
            }
        }
    }

    private List<byte[]> shared(SplittableRandom random) {
        var photos = new ArrayList<byte[]>();
        for (int i = 0; i < SHARED_PHOTOS; i++) {
            photos.add(photoOfItsOwn(random));
        }
        return photos;
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

    /// One at a time: what it has is known after each answer. No other client of its member touches its photos.
    private final class Client {
        private record Mine(String id, String digest) {}

        private final String member;
        private final SplittableRandom random;
        private final List<byte[]> shared;
        private final List<Mine> mine = new ArrayList<>();
        private Person person;

        Client(String member, SplittableRandom random, List<byte[]> shared) {
            this.member = member;
            this.random = random;
            this.shared = shared;
            this.person = Person.signIn(address, member);
        }

        void workUntilStopped() {
            while (!stopping) {
                int what = random.nextInt(10);
                if (what < 5) {
                    upload(photoOfItsOwn(random));
                } else if (what < 8 || mine.isEmpty()) {
                    upload(shared.get(random.nextInt(shared.size())));
                } else {
                    deleteForGood(mine.remove(random.nextInt(mine.size())));
                }
            }
        }

        /// The same bytes until there is a receipt: a client cannot know whether the one that broke was taken.
        private void upload(byte[] bytes) {
            var digest = sha256(bytes);
            int number = uploads.incrementAndGet();
            var answer = insist(() -> person.upload("/api/pictures?force=true", "photo-%d.jpg".formatted(number), bytes, Map.of()), 200, 201);
            kept.get(member).put(digest, bytes.length);
            mine.removeIf(each -> each.digest().equals(digest));
            mine.add(new Mine(answer.json().get("id").asString(), digest));
        }

        private void deleteForGood(Mine picture) {
            kept.get(member).remove(picture.digest()); // from now on nobody can say
            insist(() -> person.delete("/api/pictures/" + picture.id()), 204, 404); // 404: the answer before was lost
            insist(() -> person.delete("/api/trash", Map.of("ids", List.of(picture.id()))), 200, 404);
            deletions.incrementAndGet();
        }

        private Person.Answer insist(Call call, int... wanted) {
            while (true) {
                try {
                    var answer = call.send();
                    for (int status : wanted) {
                        if (answer.status() == status) {
                            lastReceipt.set(System.nanoTime());
                            return answer;
                        }
                    }
                    if (answer.status() == 401) {
                        person = Person.signIn(address, member); // tokens last for ten minutes
                        continue;
                    }
                    troubles.merge(answer.toString(), 1, Integer::sum);
                } catch (UncheckedIOException e) {
                    troubles.merge(e.getCause().getClass().getSimpleName(), 1, Integer::sum);
                } catch (AssertionError signInRefused) {
                    troubles.merge("503 at the sign-in", 1, Integer::sum);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private interface Call {
        Person.Answer send();
    }

    /// What each member has at the moment, at least.
    Map<String, Map<String, Integer>> snapshot() {
        var now = new TreeMap<String, Map<String, Integer>>();
        kept.forEach((member, receipts) -> now.put(member, Map.copyOf(receipts)));
        return now;
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
            throw new AssertionError("Requests are still not answered: " + troubles);
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
