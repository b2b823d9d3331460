package picup.member.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.member.Handshakes;
import picup.member.OpenSession;
import picup.member.RecentProof;
import picup.platform.MemberId;
import picup.platform.Problem;
import tools.jackson.databind.json.JsonMapper;

/// Takes a browser back from the provider, and signs it in, signs it up, or links the account there with the member who asked for it. An account
/// is found by issuer and subject. An address of mail proves nothing here: providers let people choose it, and give it to the next.
@Component
public class ReturnFromProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ReturnFromProvider.class);

    private final Providers providers;
    private final Handshakes handshakes;
    private final LinkedAccounts accounts;
    private final Entering entering;
    private final RecentProof proof;
    private final JsonMapper json;
    private final InstantSource clock;

    ReturnFromProvider(Providers providers, Handshakes handshakes, LinkedAccounts accounts, Entering entering, RecentProof proof, JsonMapper json,
            InstantSource clock) {
        this.providers = providers;
        this.handshakes = handshakes;
        this.accounts = accounts;
        this.entering = entering;
        this.proof = proof;
        this.json = json;
        this.clock = clock;
    }

    /// @param parameters what the browser brought
    /// @param browser    what its cookie has; null when there is none
    /// @param userAgent  what the device calls itself
    public record Return(String provider, Map<String, List<String>> parameters, @Nullable String browser, String userAgent) {
        @Override
        public String toString() {
            return "Return[from " + provider + "]";
        }
    }

    public sealed interface Outcome {
        record Opened(OpenSession session, String to) implements Outcome {}

        record Linked() implements Outcome {}

        record Failed(Problem problem, boolean linking) implements Outcome {}
    }

    public Outcome finish(Return arrived) {
        var journey = journey(arrived).orElse(null);
        if (journey == null) {
            return new Outcome.Failed(Problem.SIGN_IN_INTERRUPTED, false);
        }
        boolean linking = journey.member() != null;
        try {
            var identity = providers.provider(journey.provider()).answered(journey, arrived.parameters());
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return linking ? link(journey, identity, now) : entering.enter(journey, identity, providers.settings(journey.provider()), arrived.userAgent(), now);
        } catch (ProviderFault e) {
            LOG.warn("Nobody came in by the provider {}: {}", journey.provider(), e.getMessage(), e.getCause());
            return new Outcome.Failed(e.isRefusal() ? Problem.PROVIDER_REFUSED : Problem.PROVIDER_UNAVAILABLE, linking);
        }
    }

    /// Empty when this browser did not set out with this state, has come back before, or took too long.
    private Optional<Journey> journey(Return arrived) {
        var states = arrived.parameters().getOrDefault("state", List.of());
        if (states.size() != 1 || arrived.browser() == null) {
            return Optional.empty();
        }
        return handshakes.finish(Handshakes.Kind.OPENID, states.getFirst().getBytes(StandardCharsets.UTF_8), arrived.browser())
                .map(payload -> json.readValue(payload, Journey.class))
                .filter(journey -> journey.provider().equals(arrived.provider()) && providers.settings(journey.provider()) != null);
    }

    private Outcome link(Journey journey, Identity identity, Instant now) {
        var member = new MemberId(journey.member());
        if (!proof.isOpen(journey.session())) {
            return new Outcome.Failed(Problem.SIGN_IN_INTERRUPTED, true);
        }
        boolean linked = accounts.add(member, identity, now) || accounts.owner(identity).filter(member::equals).isPresent();
        return linked ? new Outcome.Linked() : new Outcome.Failed(Problem.ACCOUNT_LINKED_ELSEWHERE, true);
    }
}
