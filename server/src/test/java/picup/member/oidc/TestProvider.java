package picup.member.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/// A real OpenID provider: Spring Authorization Server on a port of its own, with people whose password is their name. Tests give the claims of
/// its ID tokens a twist, which an honest provider never would.
final class TestProvider {
    static final String CLIENT = "picup";
    static final String SECRET = "a secret between two servers";

    private static final Consumer<JwtClaimsSet.Builder> HONEST = _ -> {};
    private static volatile Consumer<JwtClaimsSet.Builder> twist = HONEST;

    private final Tomcat tomcat = new Tomcat();
    private final AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();

    /// Not a `@Configuration`, or Picup's own scan would find it.
    @EnableWebMvc
    @EnableWebSecurity
    static class Server {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/login"))
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        /// Anybody who comes, with their name for a password.
        @Bean
        UserDetailsService people() {
            return name -> User.withUsername(name).password("{noop}" + name).roles("PERSON").build();
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(client(CLIENT, "http://localhost:1/callback"));
        }

        @Bean
        JWKSource<SecurityContext> keys() throws GeneralSecurityException {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new ImmutableJWKSet<>(new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey((RSAPrivateKey) pair.getPrivate()).keyID(UUID.randomUUID().toString()).build()));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return context -> {
                if (context.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
                    String name = context.getPrincipal().getName();
                    context.getClaims().subject("subject-of-" + name).claim("preferred_username", name).claim("name", name + " Lovelace")
                            .claim("email", name + "@example.org");
                    twist.accept(context.getClaims());
                }
            };
        }
    }

    TestProvider() {
        try {
            tomcat.setBaseDir(Files.createTempDirectory("picup-test-provider").toString());
            tomcat.setPort(0);
            tomcat.getConnector();
            spring.register(Server.class);
            var context = tomcat.addContext("", null);
            context.addServletContainerInitializer((_, servlets) -> servlets.addListener(new ContextLoaderListener(spring)), null);
            var filter = new FilterDef();
            filter.setFilterName("door");
            filter.setFilter(new DelegatingFilterProxy("springSecurityFilterChain", spring));
            context.addFilterDef(filter);
            var everything = new FilterMap();
            everything.setFilterName("door");
            everything.addURLPattern("/*");
            context.addFilterMap(everything);
            Tomcat.addServlet(context, "dispatcher", new DispatcherServlet(spring)).setLoadOnStartup(1);
            context.addServletMappingDecoded("/", "dispatcher");
            tomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://localhost:" + tomcat.getConnector().getLocalPort();
    }

    /// Makes Picup known, at the address that it has in this test.
    void register(String... redirectUris) {
        spring.getBean(InMemoryRegisteredClientRepository.class).save(client(CLIENT, redirectUris));
    }

    void twist(Consumer<JwtClaimsSet.Builder> claims) {
        twist = claims;
    }

    void behave() {
        twist = HONEST;
    }

    private static RegisteredClient client(String id, String... redirectUris) {
        return RegisteredClient.withId(id).clientId(id).clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(all -> all.addAll(List.of(redirectUris)))
                .scope("openid").scope("profile")
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
    }
}
