package picup.member.passkey;

import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.Device;
import picup.member.Handshakes;
import picup.member.MemberAudit;
import picup.member.RecentProof;
import picup.platform.BadValue;
import picup.platform.Ids;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Gives a member one more way in: the key that an authenticator made for [ChallengePasskey].
@Component
public class AddPasskey {
    /// A way in for every device of a large family; beyond it something is wrong.
    static final int MOST_PER_MEMBER = 50;
    /// The longest that WebAuthn allows (section 4, "credential id").
    private static final int MAX_CREDENTIAL_BYTES = 1023;
    /// An attestation with certificates has 2 KB; without, which is what we ask for, a tenth.
    private static final int MAX_ATTESTATION_BYTES = 16 * 1024;
    /// `usb`, `smart-card`: what is none is left out.
    private static final Pattern TRANSPORT = Pattern.compile("[a-z-]{1,16}");
    private static final int MAX_TRANSPORTS = 8;
    private static final String ANY_NAME = "Passkey";

    private final Handshakes handshakes;
    private final RecentProof proof;
    private final RelyingParties relyingParties;
    private final Passkeys passkeys;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    AddPasskey(Handshakes handshakes, RecentProof proof, RelyingParties relyingParties, Passkeys passkeys, MemberAudit audit, TransactionTemplate transaction,
            InstantSource clock) {
        this.handshakes = handshakes;
        this.proof = proof;
        this.relyingParties = relyingParties;
        this.passkeys = passkeys;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param clientData what the browser had the authenticator sign
    /// @param transports how it can be reached
    public record Answer(byte[] credentialId, byte[] clientData, byte[] attestationObject, List<String> transports) {
        public Answer {
            if (credentialId.length > MAX_CREDENTIAL_BYTES || attestationObject.length > MAX_ATTESTATION_BYTES) {
                throw new BadValue("A passkey has an id of at most 1023 bytes and an attestation of at most 16 KB.");
            }
            transports = transports.stream().filter(each -> TRANSPORT.matcher(each).matches()).distinct().sorted().limit(MAX_TRANSPORTS).toList();
        }
    }

    public sealed interface Outcome {
        record Added(Passkey passkey) implements Outcome {}

        /// The challenge is not one of this member's, was used or has run out, or what was signed is something else.
        record Refused() implements Outcome {}

        record Known() implements Outcome {}

        record TooMany() implements Outcome {}
    }

    /// @param name the device's, when absent
    /// @throws picup.platform.BadValue when the name breaks a rule
    /// @throws picup.platform.ProblemException `PROOF_NEEDED`
    public Outcome add(SignedIn signedIn, URI origin, Answer answer, @Nullable String name, String userAgent) {
        proof.require(signedIn);
        var chosen = PasskeyName.of(name == null ? Device.named(userAgent).orElse(ANY_NAME) : name);
        var challenge = ClientData.challenge(answer.clientData()).orElse(null);
        var member = signedIn.member();
        if (challenge == null
                || !handshakes.finish(Handshakes.Kind.PASSKEY_CREATION, challenge, null).filter(member.toString()::equals).isPresent()) {
            return new Outcome.Refused();
        }
        if (passkeys.find(answer.credentialId()).isPresent()) {
            return new Outcome.Known();
        }
        var credential = relyingParties.at(origin).created(member, challenge, answer).orElse(null);
        if (credential == null) {
            return new Outcome.Refused();
        }
        var id = Ids.next();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transaction.execute(_ -> {
            if (passkeys.count(member) >= MOST_PER_MEMBER) {
                return new Outcome.TooMany();
            }
            if (!passkeys.add(id, credential, chosen, userAgent, now)) {
                return new Outcome.Known();
            }
            audit.record(AuditAction.PASSKEY_ADDED, member);
            return new Outcome.Added(new Passkey(id, chosen.value(), Device.named(userAgent).orElse(null), now, null));
        });
    }
}
