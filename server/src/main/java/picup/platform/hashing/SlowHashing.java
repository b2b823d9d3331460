package picup.platform.hashing;

import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import picup.platform.Problem;

/// Hashes secrets that people type, a few at a time. A hash is made to cost memory and time, so a flood would take all of
/// both: so many run, so many wait, and the rest are refused with 503.
///
/// On platform threads, although requests have virtual ones: a hash computes for 50 ms without ever blocking, a
/// virtual thread is not preempted, and two of them would stop every other request of a machine with two cores.
///
/// Callers hold no database connection meanwhile, or a queue of secrets would become a queue for the pool.
public final class SlowHashing {
    /// The least that OWASP recommends for Argon2id (Password Storage Cheat Sheet, 2025). Bouncy Castle in this server did 13 a
    /// second on two cores, which is why [NativeArgon2] is used. More memory and t=3 are for machines that do nothing else.
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int RETRY_AFTER_SECONDS = 5;

    /// No secret has this hash, but comparing with it costs what comparing with any other does.
    private static final String NOBODYS_HASH = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + PARALLELISM
            + "$" + zeros(SALT_BYTES) + "$" + zeros(HASH_BYTES);

    private final PasswordEncoder encoder;
    private final ThreadPoolExecutor threads;

    /// @param name     of the threads
    /// @param hashings how many run at once, 19 MiB and one core each
    /// @param waiting  how many wait for that
    public SlowHashing(PasswordEncoder encoder, String name, int hashings, int waiting) {
        this.encoder = encoder;
        this.threads = new ThreadPoolExecutor(hashings, hashings, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    public static PasswordEncoder argon2id() {
        return new NativeArgon2(SALT_BYTES, HASH_BYTES, PARALLELISM, MEMORY_KIB, ITERATIONS);
    }

    public String hash(String clear) {
        return inTurn(() -> encoder.encode(clear));
    }

    /// @param hash null when there is none; the answer is then no, and takes as long
    public boolean matches(String clear, @Nullable String hash) {
        return inTurn(() -> encoder.matches(clear, hash == null ? NOBODYS_HASH : hash)) && hash != null;
    }

    public int waiting() {
        return threads.getQueue().size();
    }

    private <T> T inTurn(Callable<T> hashing) {
        try {
            return threads.submit(hashing).get();
        } catch (RejectedExecutionException e) {
            throw Problem.OVERLOADED.because("Too many people are signing in at this moment. Try again shortly.")
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a secret was hashed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A secret could not be hashed", e.getCause());
        }
    }

    private static String zeros(int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }
}
