package picup.member.web;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.member.passkey.AddPasskey;
import picup.member.passkey.ChallengePasskey;
import picup.member.passkey.Passkey;
import picup.member.passkey.SignInWithPasskey;
import picup.platform.BadValue;

/// WebAuthn's JSON (Level 3, sections 5.1.8 to 5.1.10): what `PublicKeyCredential.parseCreationOptionsFromJSON` and its sister take,
/// and what `toJSON` gives. Bytes are base64url.
final class PasskeyJson {
    private static final String PUBLIC_KEY = "public-key";
    private static final String REQUIRED = "required";

    private PasskeyJson() {}

    record CreationOptions(RelyingPartyJson rp, UserJson user, String challenge, List<ParametersJson> pubKeyCredParams, long timeout,
            List<DescriptorJson> excludeCredentials, SelectionJson authenticatorSelection, String attestation) {
        static CreationOptions of(ChallengePasskey.Creation creation) {
            return new CreationOptions(new RelyingPartyJson(creation.relyingParty(), "Picup"),
                    new UserJson(text(creation.userHandle()), creation.username(), creation.displayName()),
                    text(creation.challenge()),
                    creation.algorithms().stream().map(each -> new ParametersJson(PUBLIC_KEY, each)).toList(),
                    ChallengePasskey.LASTS.toMillis(),
                    creation.known().stream().map(each -> new DescriptorJson(PUBLIC_KEY, text(each.credentialId()), each.transports())).toList(),
                    new SelectionJson(REQUIRED, true, REQUIRED), "none");
        }
    }

    record RelyingPartyJson(String id, String name) {}

    record UserJson(String id, String name, String displayName) {}

    record ParametersJson(String type, long alg) {}

    record DescriptorJson(String type, String id, List<String> transports) {}

    record SelectionJson(String residentKey, boolean requireResidentKey, String userVerification) {}

    record RequestOptions(String challenge, long timeout, String rpId, String userVerification) {
        static RequestOptions of(ChallengePasskey.Request request) {
            return new RequestOptions(text(request.challenge()), ChallengePasskey.LASTS.toMillis(), request.relyingParty(), REQUIRED);
        }
    }

    record NewPasskey(@Nullable String name, @Nullable CreatedCredential credential) {}

    record CreatedCredential(@Nullable String id, @Nullable AttestationJson response) {
        AddPasskey.Answer answer() {
            var made = Required.value("credential.response", response);
            return new AddPasskey.Answer(bytes("credential.id", id), bytes("credential.response.clientDataJSON", made.clientDataJSON()),
                    bytes("credential.response.attestationObject", made.attestationObject()),
                    made.transports() == null ? List.of() : made.transports());
        }
    }

    record AttestationJson(@Nullable String clientDataJSON, @Nullable String attestationObject, @Nullable List<String> transports) {}

    record SignedCredential(@Nullable String id, @Nullable AssertionJson response) {
        SignInWithPasskey.Answer answer() {
            var made = Required.value("response", response);
            return new SignInWithPasskey.Answer(bytes("id", id), bytes("response.clientDataJSON", made.clientDataJSON()),
                    bytes("response.authenticatorData", made.authenticatorData()), bytes("response.signature", made.signature()),
                    made.userHandle() == null ? null : bytes("response.userHandle", made.userHandle()));
        }
    }

    record AssertionJson(@Nullable String clientDataJSON, @Nullable String authenticatorData, @Nullable String signature,
            @Nullable String userHandle) {}

    /// @param device     what added it, to be read by people, null when it did not say
    /// @param lastUsedAt null until it is first used
    record PasskeyEntry(UUID id, String name, @Nullable String device, Instant createdAt, @Nullable Instant lastUsedAt) {
        static PasskeyEntry of(Passkey passkey) {
            return new PasskeyEntry(passkey.id(), passkey.name(), passkey.device(), passkey.createdAt(), passkey.lastUsedAt());
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String name, @Nullable String text) {
        try {
            return Base64.getUrlDecoder().decode(Required.text(name, text));
        } catch (IllegalArgumentException e) {
            throw new BadValue("\"" + name + "\" must be base64url.");
        }
    }
}
