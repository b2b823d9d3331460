package picup.member;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Slows guessing down: a bucket of attempts for each account and address, and one for each address. There is
/// deliberately none for the account alone, or anybody could lock anybody out by guessing from elsewhere; what
/// then holds against many addresses is the length of the password and the cost of its hash.
///
/// Codes of a second factor are short, so those do have a bucket for the account alone, however many addresses guess. Only who
/// knows the password can empty it, and the member then still comes in with a recovery code, which is too long to be
/// guessed and needs none of this.
///
/// An attempt is taken before the password is hashed, so that a hundred at once do not all pass a counter that still
/// says zero; one that succeeds is given back. In the memory of one process: behind a balancer each process counts for
/// itself.
@Component
class SignInAttempts {
    /// Some 150 bytes each. An attacker who fills it with addresses pushes out old buckets, and has the addresses anyway.
    private static final int MAX_BUCKETS = 100_000;
    private static final int NETWORK_BYTES = 8;
    /// Of a million codes three are good at a time, so an emptied bucket leaves a guesser 1 chance in 2,300 a day.
    private static final Limit CODES = new Limit(100, Duration.ofMinutes(10));

    private final SignInSettings settings;
    private final InstantSource clock;
    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();

    /// @param account empty for the bucket of the address
    /// @param network empty for the bucket of the account's codes
    private record Key(String account, String network) {}

    /// A token bucket, kept as the moment at which it will be full again.
    private record Bucket(Instant fullAt) {}

    private record Limit(int attempts, Duration refill) {}

    SignInAttempts(SignInSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Empty when the attempt may go on, else how long to wait.
    Optional<Duration> take(Username username, String address) {
        var byAddress = new Key("", network(address));
        var refused = take(byAddress, perAddress());
        if (refused.isPresent()) {
            return refused;
        }
        refused = take(new Key(username.key(), byAddress.network), perAccount());
        if (refused.isPresent()) {
            giveBack(byAddress, perAddress());
        }
        return refused;
    }

    void giveBack(Username username, String address) {
        giveBack(new Key("", network(address)), perAddress());
        giveBack(new Key(username.key(), network(address)), perAccount());
    }

    /// Like [#take], for a code that comes with the right password.
    Optional<Duration> takeCode(Username username) {
        return take(new Key(username.key(), ""), CODES);
    }

    void giveCodeBack(Username username) {
        giveBack(new Key(username.key(), ""), CODES);
    }

    private Limit perAddress() {
        return new Limit(settings.attemptsPerAddress(), settings.addressRefill());
    }

    private Limit perAccount() {
        return new Limit(settings.attemptsPerAccount(), settings.accountRefill());
    }

    private Optional<Duration> take(Key key, Limit limit) {
        Instant now = clock.instant();
        Instant latest = now.plus(limit.refill.multipliedBy(limit.attempts));
        var refusal = new Refusal();
        buckets.asMap().compute(key, (_, bucket) -> {
            Instant from = bucket == null || bucket.fullAt.isBefore(now) ? now : bucket.fullAt;
            Instant after = from.plus(limit.refill);
            if (after.isAfter(latest)) {
                refusal.wait = Optional.of(Duration.between(latest, after));
                return bucket;
            }
            return new Bucket(after);
        });
        return refusal.wait;
    }

    /// Carries the answer out of the atomic step.
    private static final class Refusal {
        private Optional<Duration> wait = Optional.empty();
    }

    private void giveBack(Key key, Limit limit) {
        buckets.asMap().computeIfPresent(key, (_, bucket) -> new Bucket(bucket.fullAt.minus(limit.refill)));
    }

    /// Of an IPv6 address the first 64 bits, because one household has the rest at will.
    static String network(String address) {
        try {
            if (InetAddress.ofLiteral(address) instanceof Inet6Address v6) {
                return HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES));
            }
        } catch (IllegalArgumentException e) {
            // a proxy that hides its clients behind a word of its own: they share a bucket
        }
        return address;
    }
}
