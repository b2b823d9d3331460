package picup.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The published keys, as the JSON of a JWK Set (RFC 7517, section 5): what `GET /api/auth/keys` answers, and [FetchedKeys]
/// reads and keeps.
public record KeyDocument(List<Key> keys) {
    /// @param x of the point, base64url, as is `y`
    public record Key(String kid, String kty, String crv, String use, String alg, String x, String y) {}

    public static KeyDocument of(Map<String, ECPublicKey> keys) {
        return new KeyDocument(keys.entrySet().stream().map(key -> {
            var jwk = new ECKey.Builder(Curve.P_256, key.getValue()).build();
            return new Key(key.getKey(), "EC", "P-256", "sig", AccessTokens.ALGORITHM.getName(), jwk.getX().toString(), jwk.getY().toString());
        }).toList());
    }

    /// @throws IllegalArgumentException when the text is no such document, or has no key that we use
    static Map<String, ECPublicKey> keysIn(String text) {
        try {
            var keys = new TreeMap<String, ECPublicKey>();
            for (var key : JWKSet.parse(text).getKeys()) {
                if (key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256) && ec.getKeyID() != null) {
                    keys.put(ec.getKeyID(), ec.toECPublicKey());
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("There is no key on the curve P-256 among the published keys");
            }
            return keys;
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("These are no published keys: " + e.getMessage(), e);
        }
    }
}
