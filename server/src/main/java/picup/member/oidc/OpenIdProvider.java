package picup.member.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The conversation with one provider, by Nimbus' SDK. No bean, and the only class here that knows the SDK's.
///
/// Its description and its keys are fetched when they are first needed, with little patience: somebody is waiting, and has a password.
final class OpenIdProvider {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MAX_KEYS_BYTES = 256 * 1024;
    private static final Duration DESCRIPTION_LASTS = Duration.ofHours(1);
    /// Signatures by a key of the provider's own. Never `none`, never a secret that we have too.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256,
            JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private final ProviderSettings settings;
    private final Issuer issuer;
    private final ClientID client;
    private volatile @Nullable Description description;

    /// @param readAt on the clock of `System.nanoTime`
    private record Description(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, long readAt) {}

    OpenIdProvider(ProviderSettings settings) {
        this.settings = settings;
        this.issuer = new Issuer(settings.issuer());
        this.client = new ClientID(settings.clientId());
    }

    /// Where to send the browser.
    URI question(Journey journey, String state) throws ProviderFault {
        return new AuthenticationRequest.Builder(ResponseType.CODE, new Scope(settings.scopes().toArray(String[]::new)), client,
                URI.create(journey.redirectUri()))
                .endpointURI(description().metadata.getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(new Nonce(journey.nonce()))
                .codeChallenge(new CodeVerifier(journey.verifier()), CodeChallengeMethod.S256)
                .build().toURI();
    }

    /// Who came back. The caller has compared the state.
    ///
    /// @param answer the parameters that the browser brought
    Identity answered(Journey journey, Map<String, List<String>> answer) throws ProviderFault {
        var description = description();
        var code = code(journey, answer, description.metadata);
        var tokens = exchange(code, journey, description.metadata);
        var claims = verified(tokens, journey, description);
        return new Identity(issuer.getValue(), claims.getSubject().getValue(), claims.getStringClaim("preferred_username"), claims.getStringClaim("name"));
    }

    private AuthorizationCode code(Journey journey, Map<String, List<String>> answer, OIDCProviderMetadata metadata) throws ProviderFault {
        try {
            var response = AuthenticationResponseParser.parse(URI.create(journey.redirectUri()), answer);
            // RFC 9207: an answer by another provider, to which somebody has led the browser meanwhile
            boolean named = response.getIssuer() != null;
            if (named ? !issuer.equals(response.getIssuer()) : metadata.supportsAuthorizationResponseIssuerParam()) {
                throw ProviderFault.refusal("The answer is by " + response.getIssuer() + ", not by " + issuer);
            }
            if (!response.indicatesSuccess()) {
                throw ProviderFault.refusal("The provider says " + response.toErrorResponse().getErrorObject().getCode());
            }
            var code = response.toSuccessResponse().getAuthorizationCode();
            if (code == null) {
                throw ProviderFault.refusal("The answer has no code");
            }
            return code;
        } catch (ParseException e) {
            throw ProviderFault.refusal("The answer cannot be read", e);
        }
    }

    private OIDCTokenResponse exchange(AuthorizationCode code, Journey journey, OIDCProviderMetadata metadata) throws ProviderFault {
        var grant = new AuthorizationCodeGrant(code, URI.create(journey.redirectUri()), new CodeVerifier(journey.verifier()));
        try {
            var request = request(metadata, grant).toHTTPRequest();
            request.setConnectTimeout(CONNECT_MILLIS);
            request.setReadTimeout(READ_MILLIS);
            request.setFollowRedirects(false);
            var response = OIDCTokenResponseParser.parse(request.send());
            if (!response.indicatesSuccess()) {
                throw ProviderFault.refusal("The provider gives no token: " + response.toErrorResponse().getErrorObject().getCode());
            }
            return (OIDCTokenResponse) response.toSuccessResponse();
        } catch (IOException | UncheckedIOException | ParseException e) {
            throw ProviderFault.away("The provider gives no token", e);
        }
    }

    private TokenRequest request(OIDCProviderMetadata metadata, AuthorizationCodeGrant grant) {
        var endpoint = metadata.getTokenEndpointURI();
        var secret = settings.secret().map(Secret::new).orElse(null);
        if (secret == null) {
            return new TokenRequest.Builder(endpoint, client, grant).build();
        }
        var methods = metadata.getTokenEndpointAuthMethods();
        boolean basic = methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return new TokenRequest.Builder(endpoint, basic ? new ClientSecretBasic(client, secret) : new ClientSecretPost(client, secret), grant).build();
    }

    /// Signature, issuer, audience, times (60 s of skew) and nonce, as OpenID Connect Core, section 3.1.3.7, has it.
    private IDTokenClaimsSet verified(OIDCTokenResponse tokens, Journey journey, Description description) throws ProviderFault {
        var announced = description.metadata.getIDTokenJWSAlgs();
        var algorithms = announced == null ? Set.of(JWSAlgorithm.RS256) : announced.stream().filter(ALGORITHMS::contains).collect(Collectors.toSet());
        var validator = new IDTokenValidator(issuer, client, new JWSVerificationKeySelector<>(algorithms, description.keys), null);
        try {
            return validator.validate(tokens.getOIDCTokens().getIDToken(), new Nonce(journey.nonce()));
        } catch (BadJOSEException e) {
            throw ProviderFault.refusal("The ID token is not good", e);
        } catch (JOSEException e) {
            throw ProviderFault.away("The ID token cannot be verified", e);
        }
    }

    /// When a new one cannot be had the old one goes on: it hardly ever changes. Two who fetch at once fetch the same.
    private Description description() throws ProviderFault {
        var known = description;
        if (known != null && System.nanoTime() - known.readAt < DESCRIPTION_LASTS.toNanos()) {
            return known;
        }
        try {
            var metadata = OIDCProviderMetadata.resolve(issuer, CONNECT_MILLIS, READ_MILLIS);
            var keys = JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_KEYS_BYTES))
                    .refreshAheadCache(false).build();
            var fetched = new Description(metadata, keys, System.nanoTime());
            description = fetched;
            return fetched;
        } catch (GeneralException | IOException e) {
            if (known != null) {
                return known;
            }
            throw ProviderFault.away("The provider does not describe itself", e);
        }
    }
}
