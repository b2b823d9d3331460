package picup.member.passkey;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import picup.member.Handshakes;
import picup.member.Profile;
import picup.member.RecentProof;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

/// Gives an authenticator something to sign: random, good once, for five minutes.
@Component
public class ChallengePasskey {
    /// What WebAuthn recommends where a user must be verified (section 15.1).
    public static final Duration LASTS = Duration.ofMinutes(5);
    /// More than WebAuthn's 16 (section 13.4.3).
    private static final int CHALLENGE_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Handshakes handshakes;
    private final RecentProof proof;
    private final Passkeys passkeys;
    private final Profile profile;

    ChallengePasskey(Handshakes handshakes, RecentProof proof, Passkeys passkeys, Profile profile) {
        this.handshakes = handshakes;
        this.proof = proof;
        this.passkeys = passkeys;
        this.profile = profile;
    }

    /// For a new passkey.
    ///
    /// @param relyingParty host name that it will be bound to
    /// @param known        those that the member has, so that none is made twice on one authenticator
    /// @param algorithms   numbers of the COSE registry, best first
    public record Creation(String relyingParty, byte[] challenge, byte[] userHandle, String username, String displayName,
            List<Known> known, List<Long> algorithms) {}

    public record Known(byte[] credentialId, List<String> transports) {}

    /// For a sign-in by any passkey that the browser has for `relyingParty`.
    public record Request(String relyingParty, byte[] challenge) {}

    /// @throws picup.platform.ProblemException `PROOF_NEEDED`, `SESSION_ENDED`, `TOO_MANY_ATTEMPTS`
    public Creation forCreation(SignedIn signedIn, URI origin, String address) {
        proof.require(signedIn);
        var account = profile.of(signedIn.member())
                .orElseThrow(() -> Problem.SESSION_ENDED.because("The account of this session does not exist any more."));
        var known = passkeys.credentialsOf(account.id()).stream()
                .map(each -> new Known(each.id(), each.transports().isEmpty() ? List.of() : List.of(each.transports().split(" ")))).toList();
        byte[] challenge = begin(Handshakes.Kind.PASSKEY_CREATION, account.id().toString(), address);
        return new Creation(origin.getHost(), challenge, Passkeys.handle(account.id()), account.username(), account.displayName(), known,
                RelyingParty.algorithms());
    }

    /// @throws picup.platform.ProblemException `TOO_MANY_ATTEMPTS`
    public Request forSignIn(URI origin, String address) {
        return new Request(origin.getHost(), begin(Handshakes.Kind.PASSKEY_SIGN_IN, "", address));
    }

    private byte[] begin(Handshakes.Kind kind, String payload, String address) {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        RANDOM.nextBytes(challenge);
        handshakes.begin(new Handshakes.Handshake(kind, challenge, null, address, payload, LASTS));
        return challenge;
    }
}
