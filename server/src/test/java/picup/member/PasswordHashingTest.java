package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;
import picup.platform.Problem;
import picup.platform.ProblemException;

class PasswordHashingTest {
    private static final Password PASSWORD = new Password("correct horse");

    @Test
    void aHashIsArgon2idWithItsParameters() {
        var hashing = new PasswordHashing(PasswordHashing.argon2id(), settings(2, 128));

        var hash = hashing.hash(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hashing.matches(PASSWORD, hash)).isTrue();
        assertThat(hashing.matches(new Password("wrong horse"), hash)).isFalse();
        assertThat(hashing.hash(PASSWORD)).isNotEqualTo(hash);
    }

    @Test
    void nobodysHashIsComparedLikeAnyOtherAndMatchesNothing() {
        var seen = new AtomicInteger();
        var argon2id = PasswordHashing.argon2id();
        var hashing = new PasswordHashing(new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                return argon2id.encode(password);
            }

            @Override
            public boolean matches(CharSequence password, String encoded) {
                seen.incrementAndGet();
                assertThat(encoded).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").hasSameSizeAs(argon2id.encode(password));
                // an encoded form that cannot be read would be refused at once, and the time would tell
                assertThat(argon2id.upgradeEncoding(encoded)).isFalse();
                return argon2id.matches(password, encoded);
            }
        }, settings(2, 128));

        assertThat(hashing.matches(PASSWORD, null)).isFalse();
        assertThat(seen).hasValue(1);
    }

    @Test
    void aComposedAndADecomposedLetterAreOnePassword() {
        assertThat(new Password("cafe\u0301 au lait")).isEqualTo(new Password("caf\u00E9 au lait"));
    }

    @Test
    void aFloodIsRefusedInsteadOfQueuedForEver() throws Exception {
        var running = new AtomicInteger();
        var release = new CountDownLatch(1);
        var hashing = new PasswordHashing(new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                running.incrementAndGet();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "hash";
            }

            @Override
            public boolean matches(CharSequence password, String encoded) {
                return false;
            }
        }, settings(2, 3));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 5; caller++) {
                threads.submit(() -> hashing.hash(PASSWORD));
            }
            await().until(() -> hashing.waiting() == 3);

            assertThatThrownBy(() -> hashing.hash(PASSWORD)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
                assertThat(refusal.problem()).isEqualTo(Problem.OVERLOADED);
                assertThat(refusal.properties()).containsKey("retryAfterSeconds");
            });
            assertThat(running).hasValue(2);
            release.countDown();
        }
        assertThat(running).hasValue(5);
    }

    @Test
    void aPasswordIsNeverShown() {
        assertThat(PASSWORD.toString()).doesNotContain("horse");
        assertThat(new SignIn.Attempt("ada", "correct horse", null, "::1", "").toString()).doesNotContain("horse");
        assertThat(new SignUp.Newcomer("ada", "correct horse", null, null, null, "").toString()).doesNotContain("horse");
    }

    private static SignInSettings settings(int threads, int queue) {
        return new SignInSettings(threads, queue, 10, Duration.ofSeconds(30), 50, Duration.ofSeconds(6));
    }
}
