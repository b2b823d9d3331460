package picup.member.passkey;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the browser told the authenticator (WebAuthn, section 5.8.1). Read here only to find out which challenge is meant; whether it was
/// signed is for [RelyingParty].
final class ClientData {
    private static final JsonMapper JSON = new JsonMapper();

    private ClientData() {}

    static Optional<byte[]> challenge(byte[] clientData) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(JSON.readTree(clientData).path("challenge").asString("")));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
