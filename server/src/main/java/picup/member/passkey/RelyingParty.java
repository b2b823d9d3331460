package picup.member.passkey;

import com.webauthn4j.util.exception.WebAuthnException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import picup.platform.MemberId;

/// Picup as WebAuthn's relying party at one origin: verifies what authenticators say, by Spring Security and webauthn4j. No bean, and the
/// only class here that knows theirs: [RelyingParties] makes it when somebody first uses a passkey.
///
/// The authenticator must verify its user (a finger, a face, a PIN): the passkey stands for a password and a second factor at once.
final class RelyingParty {
    private static final Logger LOG = LoggerFactory.getLogger(RelyingParty.class);
    private static final String NAME = "Picup";
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            PublicKeyCredentialParameters.ES256, PublicKeyCredentialParameters.EdDSA, PublicKeyCredentialParameters.RS256);

    /// After the hash of the relying party's id and the flags.
    private static final int SIGNATURE_COUNT_AT = 33;

    private final Passkeys passkeys;
    private final InstantSource clock;
    private final PublicKeyCredentialRpEntity entity;
    private final Webauthn4JRelyingPartyOperations operations;

    RelyingParty(URI origin, Passkeys passkeys, InstantSource clock) {
        this.passkeys = passkeys;
        this.clock = clock;
        this.entity = PublicKeyCredentialRpEntity.builder().id(origin.getHost()).name(NAME).build();
        this.operations = new Webauthn4JRelyingPartyOperations(new Users(), new Credentials(passkeys), entity, Set.of(origin.toString()));
    }

    static List<Long> algorithms() {
        return ALGORITHMS.stream().map(each -> each.getAlg().getValue()).toList();
    }

    /// Empty when the authenticator's answer is not good, or the credential is known already.
    Optional<Passkeys.Credential> created(MemberId member, byte[] challenge, AddPasskey.Answer answer) {
        var options = PublicKeyCredentialCreationOptions.builder()
                .rp(entity)
                .user(Users.entity(new Bytes(Passkeys.handle(member))))
                .challenge(new Bytes(challenge))
                .pubKeyCredParams(ALGORITHMS)
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED).userVerification(UserVerificationRequirement.REQUIRED).build())
                .timeout(ChallengePasskey.LASTS)
                .build();
        var response = AuthenticatorAttestationResponse.builder()
                .attestationObject(new Bytes(answer.attestationObject()))
                .clientDataJSON(new Bytes(answer.clientData()))
                .transports(answer.transports().stream().map(AuthenticatorTransport::valueOf).toList())
                .build();
        var credential = PublicKeyCredential.<AuthenticatorAttestationResponse>builder()
                .id(new Bytes(answer.credentialId()).toBase64UrlString())
                .rawId(new Bytes(answer.credentialId()))
                .type(PublicKeyCredentialType.PUBLIC_KEY)
                .response(response)
                .build();
        try {
            var made = operations.registerCredential(
                    new ImmutableRelyingPartyRegistrationRequest(options, new RelyingPartyPublicKey(credential, NAME)));
            return Optional.of(new Passkeys.Credential(member, answer.credentialId(), answer.attestationObject(), made.getSignatureCount(),
                    String.join(" ", answer.transports())));
        } catch (WebAuthnException | IllegalArgumentException e) {
            LOG.debug("Refused a new passkey of member {}", member, e);
            return Optional.empty();
        }
    }

    /// Whether the passkey has signed the challenge; its counter is written down then. Within a transaction that holds its row.
    boolean signed(Passkeys.Credential passkey, byte[] challenge, SignInWithPasskey.Answer answer) {
        var options = PublicKeyCredentialRequestOptions.builder()
                .challenge(new Bytes(challenge))
                .rpId(entity.getId())
                .userVerification(UserVerificationRequirement.REQUIRED)
                .timeout(ChallengePasskey.LASTS)
                .build();
        var response = AuthenticatorAssertionResponse.builder()
                .authenticatorData(new Bytes(answer.authenticatorData()))
                .clientDataJSON(new Bytes(answer.clientData()))
                .signature(new Bytes(answer.signature()))
                .build();
        var credential = PublicKeyCredential.<AuthenticatorAssertionResponse>builder()
                .id(new Bytes(passkey.id()).toBase64UrlString())
                .rawId(new Bytes(passkey.id()))
                .type(PublicKeyCredentialType.PUBLIC_KEY)
                .response(response)
                .build();
        try {
            operations.authenticate(new RelyingPartyAuthenticationRequest(options, credential));
        } catch (WebAuthnException | IllegalArgumentException e) {
            LOG.debug("Refused a passkey of member {}", passkey.member(), e);
            return false;
        }
        boolean counted = passkeys.used(passkey.id(), signatureCount(answer.authenticatorData()), clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (!counted) {
            LOG.warn("A passkey of member {} came with a counter that is not new; it may have been copied", passkey.member());
        }
        return counted;
    }

    /// WebAuthn, section 6.1. Compared here, because Spring Security 7.1.2 compares it with that of the registration only.
    private static long signatureCount(byte[] authenticatorData) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(authenticatorData).getInt(SIGNATURE_COUNT_AT));
    }

    /// Users are found by the id of their member; what they are called does not matter to a signature.
    private static final class Users implements PublicKeyCredentialUserEntityRepository {
        static PublicKeyCredentialUserEntity entity(Bytes handle) {
            return ImmutablePublicKeyCredentialUserEntity.builder().id(handle).name(NAME).displayName(NAME).build();
        }

        @Override
        public PublicKeyCredentialUserEntity findById(Bytes id) {
            return entity(id);
        }

        @Override
        public @Nullable PublicKeyCredentialUserEntity findByUsername(String username) {
            return null;
        }

        @Override
        public void save(PublicKeyCredentialUserEntity user) {
            throw new UnsupportedOperationException("Accounts are made by signing up");
        }

        @Override
        public void delete(Bytes id) {
            throw new UnsupportedOperationException("Accounts are deleted elsewhere");
        }
    }

    /// The table as Spring Security wants to see it.
    private record Credentials(Passkeys passkeys) implements UserCredentialRepository {
        /// Nothing, because those who called know more: a new passkey has a name, and a counter must not go back.
        @Override
        public void save(CredentialRecord credential) {}

        @Override
        public @Nullable CredentialRecord findByCredentialId(Bytes id) {
            return passkeys.find(id.getBytes()).map(Credentials::record).orElse(null);
        }

        @Override
        public List<CredentialRecord> findByUserId(Bytes user) {
            throw new UnsupportedOperationException("A sign-in finds its passkey without a name");
        }

        @Override
        public void delete(Bytes id) {
            throw new UnsupportedOperationException("Passkeys are removed by their members");
        }

        private static CredentialRecord record(Passkeys.Credential passkey) {
            return ImmutableCredentialRecord.builder()
                    .userEntityUserId(new Bytes(passkey.userHandle()))
                    .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                    .credentialId(new Bytes(passkey.id()))
                    .publicKey(new ImmutablePublicKeyCose(new byte[0])) // it is read from the attestation object
                    .attestationObject(new Bytes(passkey.attestationObject()))
                    .signatureCount(passkey.signatureCount())
                    .transports(Set.of())
                    .label(NAME)
                    .build();
        }
    }
}
