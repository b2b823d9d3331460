package picup.member.passkey;

import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.BeginSession;
import picup.member.Handshakes;
import picup.member.OpenSession;

/// Opens a session for whoever has an authenticator with a passkey of ours. No name is typed: the passkey says whose it is. There is nothing
/// to guess, so attempts are not counted; what limits them is that each takes a challenge.
@Component
public class SignInWithPasskey {
    private final Handshakes handshakes;
    private final RelyingParties relyingParties;
    private final Passkeys passkeys;
    private final BeginSession beginSession;
    private final TransactionTemplate transaction;

    SignInWithPasskey(Handshakes handshakes, RelyingParties relyingParties, Passkeys passkeys, BeginSession beginSession,
            TransactionTemplate transaction) {
        this.handshakes = handshakes;
        this.relyingParties = relyingParties;
        this.passkeys = passkeys;
        this.beginSession = beginSession;
        this.transaction = transaction;
    }

    /// @param clientData what the browser had the authenticator sign
    /// @param userHandle whose passkey the authenticator takes it for; null when it does not say
    public record Answer(byte[] credentialId, byte[] clientData, byte[] authenticatorData, byte[] signature, byte @Nullable [] userHandle) {}

    public sealed interface Outcome {
        record Opened(OpenSession session) implements Outcome {}

        /// The passkey is unknown, the challenge was used or has run out, the signature or the counter is not right. Nobody is told which.
        record Refused() implements Outcome {}
    }

    /// @param userAgent what the device calls itself
    public Outcome signIn(URI origin, Answer answer, String userAgent) {
        var challenge = ClientData.challenge(answer.clientData()).orElse(null);
        if (challenge == null || handshakes.finish(Handshakes.Kind.PASSKEY_SIGN_IN, challenge, null).isEmpty()) {
            return new Outcome.Refused();
        }
        return transaction.execute(_ -> open(origin, challenge, answer, userAgent));
    }

    private Outcome open(URI origin, byte[] challenge, Answer answer, String userAgent) {
        var passkey = passkeys.lock(answer.credentialId()).orElse(null);
        if (passkey == null || !isOf(passkey, answer.userHandle()) || !relyingParties.at(origin).signed(passkey, challenge, answer)) {
            return new Outcome.Refused();
        }
        return beginSession.begin(passkey.member(), userAgent).<Outcome>map(Outcome.Opened::new).orElseGet(Outcome.Refused::new);
    }

    /// WebAuthn, section 7.2, step 6.
    private static boolean isOf(Passkeys.Credential passkey, byte @Nullable [] userHandle) {
        return userHandle == null || Arrays.equals(userHandle, passkey.userHandle());
    }
}
