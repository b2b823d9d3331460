package picup.member.oidc;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.member.Handshakes;
import picup.member.RecentProof;
import picup.platform.Problem;
import picup.platform.security.SignedIn;
import tools.jackson.databind.json.JsonMapper;

/// Sends a browser to an OpenID provider, and remembers why. State, nonce and verifier are random, good once, and bound to the browser by a
/// cookie: an answer that somebody else got cannot be slipped to this one, which would sign it in to a stranger's account.
@Component
public class AskProvider {
    /// For typing a password, and finding the phone for the second factor, at the provider.
    public static final Duration LASTS = Duration.ofMinutes(10);
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Logger LOG = LoggerFactory.getLogger(AskProvider.class);

    private final Providers providers;
    private final Handshakes handshakes;
    private final RecentProof proof;
    private final JsonMapper json;

    AskProvider(Providers providers, Handshakes handshakes, RecentProof proof, JsonMapper json) {
        this.providers = providers;
        this.handshakes = handshakes;
        this.proof = proof;
        this.json = json;
    }

    /// @param provider   its id
    /// @param to         where the person wants to be, as the browser says
    /// @param invitation the secret of one; null when there is none
    /// @param browser    what its cookie has
    /// @param address    of the network that asks
    public record Question(String provider, @Nullable String to, @Nullable String invitation, URI origin, String browser, String address) {}

    /// For a sign-in. Where to send the browser.
    ///
    /// @throws picup.platform.ProblemException `NOT_FOUND`, `PROVIDER_UNAVAILABLE`, `TOO_MANY_ATTEMPTS`
    public URI ask(Question question) {
        return ask(question, null);
    }

    /// For a member who wants to link the account there. Where to send the browser.
    ///
    /// @throws picup.platform.ProblemException `PROOF_NEEDED`, `NOT_FOUND`, `PROVIDER_UNAVAILABLE`, `TOO_MANY_ATTEMPTS`
    public URI askToLink(SignedIn signedIn, Question question) {
        proof.require(signedIn);
        return ask(question, signedIn);
    }

    private URI ask(Question question, @Nullable SignedIn signedIn) {
        if (providers.settings(question.provider()) == null) {
            throw Problem.NOT_FOUND.because("There is no provider \"" + question.provider() + "\". GET /api/instance lists those that there are.");
        }
        String state = random();
        var journey = new Journey(question.provider(), random(), random(), redirectUri(question.origin(), question.provider()),
                ReturnPath.of(question.to()), signedIn == null ? null : signedIn.member().value(), signedIn == null ? null : signedIn.session(),
                question.invitation());
        URI location;
        try {
            location = providers.provider(question.provider()).question(journey, state);
        } catch (ProviderFault e) {
            LOG.warn("The provider {} cannot be asked: {}", question.provider(), e.getMessage(), e.getCause());
            throw Problem.PROVIDER_UNAVAILABLE.because("Sign in by another way, or try again later.");
        }
        handshakes.begin(new Handshakes.Handshake(Handshakes.Kind.OPENID, state.getBytes(StandardCharsets.UTF_8), question.browser(), question.address(),
                json.writeValueAsString(journey), LASTS));
        return location;
    }

    static String redirectUri(URI origin, String provider) {
        return origin + "/api/auth/providers/" + provider + "/callback";
    }

    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
