package picup.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import picup.platform.MemberId;
import picup.platform.news.Neighbours;
import picup.platform.news.Topic;

/// The sessions that ended a moment ago, whose access tokens would otherwise be good until they run out. Kept in the
/// memory of this process, where a sign-out therefore works at once. Other processes are told; one that does not hear it
/// honours the token for the rest of its ten minutes, the price of never asking a database.
public class EndedSessions {
    /// Longer than an access token may live, which `MemberSettings` holds to an hour.
    public static final Duration REMEMBERED = Duration.ofHours(1);
    /// 100 bytes each. Only who has a session can end one, so nobody can push others out by the thousand.
    private static final int MAX_SESSIONS = 100_000;
    private static final Topic<UUID> ENDED = new Topic<>("session-ended", UUID.class);

    private final Cache<UUID, Boolean> ended =
            Caffeine.newBuilder().maximumSize(MAX_SESSIONS).expireAfterWrite(REMEMBERED).build();
    private final Cache<MemberId, Instant> members =
            Caffeine.newBuilder().maximumSize(MAX_SESSIONS).expireAfterWrite(REMEMBERED).build();
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
    private final Neighbours neighbours;

    public EndedSessions() {
        this(Neighbours.none());
    }

    EndedSessions(Neighbours neighbours) {
        this.neighbours = neighbours;
        neighbours.hear(ENDED, this::recall);
    }

    /// It ended just now, and here.
    public void add(UUID session) {
        recall(session);
        neighbours.tell(ENDED, session);
    }

    /// It ended before this process started, or in another.
    public void recall(UUID session) {
        ended.put(session, true);
        listeners.forEach(listener -> listener.accept(session));
    }

    /// Whatever sessions the member has, because the account is gone, or suspended: the tokens that were issued until then.
    public void addAllOf(MemberId member, Instant until) {
        members.put(member, until);
    }

    /// The account is open again.
    public void readmit(MemberId member) {
        members.invalidate(member);
    }

    public boolean contains(UUID session) {
        return ended.getIfPresent(session) != null;
    }

    /// @param issuedAt of the token
    boolean contains(SignedIn signedIn, Instant issuedAt) {
        var until = members.getIfPresent(signedIn.member());
        return contains(signedIn.session()) || until != null && !issuedAt.isAfter(until);
    }

    /// Calls `listener`, which must be quick, for every session that ends from now on.
    public void whenEnded(Consumer<UUID> listener) {
        listeners.add(listener);
    }
}
