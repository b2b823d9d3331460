package picup.member;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What sign-in may cost, and how often it may be tried. Every limit of guessing is on this screen.
///
/// @param hashingThreads     how many passwords are hashed at once, 19 MiB and one core each; 0 means as many as there
///                           are cores
/// @param hashingQueue       how many wait for that, before more are refused with 503: 128 wait about 4 s on two cores
/// @param attemptsPerAccount how many attempts on one account one address has at hand
/// @param accountRefill      how long it takes to get one of them back
/// @param attemptsPerAddress how many attempts on all accounts one address has at hand; a family shares its address
/// @param addressRefill      how long it takes to get one of them back
@ConfigurationProperties(prefix = "picup.sign-in", ignoreUnknownFields = false)
record SignInSettings(
        @DefaultValue("0") int hashingThreads,
        @DefaultValue("128") int hashingQueue,
        @DefaultValue("10") int attemptsPerAccount,
        @DefaultValue("30s") Duration accountRefill,
        @DefaultValue("50") int attemptsPerAddress,
        @DefaultValue("6s") Duration addressRefill) {
    SignInSettings {
        requireBetween("hashing-threads", hashingThreads, 0, 256);
        requireBetween("hashing-queue", hashingQueue, 1, 100_000);
        requireBetween("attempts-per-account", attemptsPerAccount, 1, 1_000_000);
        requireBetween("attempts-per-address", attemptsPerAddress, 1, 1_000_000);
        requirePositive("account-refill", accountRefill);
        requirePositive("address-refill", addressRefill);
        hashingThreads = hashingThreads == 0 ? Runtime.getRuntime().availableProcessors() : hashingThreads;
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "picup.sign-in." + name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("picup.sign-in." + name + " must be longer than nothing, but is " + value);
        }
    }
}
