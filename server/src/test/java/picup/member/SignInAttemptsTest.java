package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picup.platform.security.MovableClock;

class SignInAttemptsTest {
    private static final Username ADA = Username.of("ada");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final SignInAttempts attempts =
            new SignInAttempts(new SignInSettings(2, 128, 3, Duration.ofSeconds(30), 5, Duration.ofSeconds(6)), clock);

    @Test
    void attemptsComeBackOneByOne() {
        assertThat(allowed(ADA, "192.0.2.1", 10)).isEqualTo(3);
        assertThat(attempts.take(ADA, "192.0.2.1")).contains(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(29));
        assertThat(attempts.take(ADA, "192.0.2.1")).contains(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(allowed(ADA, "192.0.2.1", 10)).isEqualTo(1);
        clock.advance(Duration.ofDays(1));
        assertThat(allowed(ADA, "192.0.2.1", 10)).isEqualTo(3);
    }

    @Test
    void anotherAddressIsNotLockedOut() {
        allowed(ADA, "192.0.2.1", 10);
        assertThat(attempts.take(ADA, "192.0.2.2")).isEmpty();
    }

    @Test
    void oneAddressCannotGoThroughAllAccounts() {
        int passed = 0;
        for (int n = 0; n < 20; n++) {
            passed += allowed(Username.of("member " + n), "192.0.2.1", 1);
        }
        assertThat(passed).isEqualTo(5);
    }

    @Test
    void whatTheAccountRefusesCostsTheAddressNothing() {
        allowed(ADA, "192.0.2.1", 100);
        assertThat(allowed(Username.of("grace"), "192.0.2.1", 2)).isEqualTo(2);
    }

    @Test
    void successIsGivenBack() {
        for (int n = 0; n < 100; n++) {
            assertThat(attempts.take(ADA, "192.0.2.1")).isEmpty();
            attempts.giveBack(ADA, "192.0.2.1");
        }
    }

    @Test
    void giftsDoNotPileUp() {
        for (int n = 0; n < 100; n++) {
            attempts.giveBack(ADA, "192.0.2.1");
        }
        assertThat(allowed(ADA, "192.0.2.1", 10)).isEqualTo(3);
    }

    @Test
    void anIpv6HouseholdIsOneAddress() {
        allowed(ADA, "2001:db8:1:2::1", 10);
        assertThat(attempts.take(ADA, "2001:db8:1:2:ffff::9")).isPresent();
        assertThat(attempts.take(ADA, "2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void simultaneousAttemptsDoNotPassTogether() {
        var passed = Together.run(200, _ -> () -> attempts.take(ADA, "192.0.2.1"));
        assertThat(passed).filteredOn(Optional::isEmpty).hasSize(3);
    }

    private int allowed(Username username, String address, int tries) {
        int allowed = 0;
        for (int n = 0; n < tries; n++) {
            allowed += attempts.take(username, address).isEmpty() ? 1 : 0;
        }
        return allowed;
    }
}
