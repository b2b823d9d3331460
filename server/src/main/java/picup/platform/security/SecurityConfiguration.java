package picup.platform.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import picup.platform.PicupSettings;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.Role;
import picup.platform.news.Neighbours;

/// The door. Everything under `/api` needs a session unless it is named here; whatever else can be read is the
/// web app, the description of the interface, or the health; nothing else can be written.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /// Without `unsafe-inline`: the web app brings its scripts and styles as files of its own.
    /// `blob:` is for pictures and videos that the app itself has put together, such as the preview of an upload.
    static final String CONTENT_SECURITY_POLICY = String.join("; ",
            "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
            "media-src 'self' blob:", "connect-src 'self'", "object-src 'none'", "base-uri 'none'",
            "frame-ancestors 'none'", "form-action 'self'");
    static final String PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain door(HttpSecurity http, AccessTokens accessTokens, ObjectProvider<BearerKeys> bearerKeys,
            ObjectProvider<Administrators> administrators,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
        var refusals = new Refusals(advice);
        return http
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .headers(SecurityConfiguration::headers)
                .addFilterBefore(new CrossSiteFilter(refusals), AuthorizationFilter.class)
                .addFilterBefore(new SessionFilter(accessTokens, bearerKeys, refusals), AuthorizationFilter.class)
                .exceptionHandling(refused -> refused
                        .authenticationEntryPoint((request, response, _) -> refusals.answer(request, response, SessionFilter.notSignedIn(request)))
                        .accessDeniedHandler((request, response, _) -> refusals.answer(request, response, forbidden(request))))
                .authorizeHttpRequests(requests -> requests
                        // a request was judged when it came in; these are its later lives inside the server
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD,
                                DispatcherType.INCLUDE).permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/members", "/api/auth/sessions",
                                "/api/auth/sessions/refresh", "/api/auth/sessions/passkey", "/api/auth/passkey-challenges", "/api/auth/provider-sign-ins",
                                "/api/auth/access-tokens").permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/instance", "/api/auth/keys", "/api/auth/providers/*/callback").permitAll()
                        .requestMatchers(AdministratorsOnly.PATHS).access(new AdministratorsOnly(administrators))
                        .requestMatchers("/api", "/api/**").access(new ScopeRules())
                        .requestMatchers(HttpMethod.GET).permitAll()
                        .requestMatchers(HttpMethod.HEAD).permitAll()
                        .anyRequest().denyAll())
                .build();
    }

    private static ProblemException forbidden(HttpServletRequest request) {
        if (AdministratorsOnly.guards(request.getRequestURI())) {
            return Problem.NOT_FOUND.because("This address does not exist.");
        }
        var acting = SecurityContextHolder.getContext().getAuthentication();
        if (!(acting instanceof SignedInAuthentication signedIn) || signedIn.getPrincipal().scopes() == null) {
            return Problem.FORBIDDEN.because("This account may not do that");
        }
        return ScopeRules.needed(request)
                .map(scope -> Problem.SCOPE_MISSING.because("This needs an API key with the scope " + scope.text() + "; a key never gets more "
                        + "than it was made with, so make another").with("scope", scope.text()))
                .orElseGet(() -> Problem.SCOPE_MISSING.because("No API key may do this. Sign in instead"));
    }

    /// Left out: HSTS, because the one who ends TLS owns that promise and a home server may have to go back to plain http.
    /// `no-store` is for JSON of the interface; an answer with a `Cache-Control` of its own keeps it.
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.defaultsDisabled()
                .contentTypeOptions(_ -> {})
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        PathPatternRequestMatcher.pathPattern("/api/**"), new CacheControlHeadersWriter()));
    }

    /// What the firewall of Spring Security throws out before the filters: odd paths, unknown methods.
    @Bean
    RequestRejectedHandler oddRequests(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
        var refusals = new Refusals(advice);
        return (request, response, _) -> refusals.answer(request, response, Problem.BAD_REQUEST.because(
                "The path or the method is none that a server should take; write the path plainly"));
    }

    @Bean
    KeyFolder keyFolder(PicupSettings picup) {
        return new KeyFolder(picup.secrets().resolve("access-token-keys"));
    }

    /// Who issues tokens has the keys; whoever else is told where that is fetches them from there.
    @Bean
    @Primary
    PublicKeys publicKeys(PicupSettings picup, KeyFolder folder) {
        var member = picup.has(Role.MEMBER) ? null : picup.memberUrl();
        return member == null ? folder : new FetchedKeys(member, picup.data().resolve("published-keys.json"));
    }

    @Bean
    AccessTokens accessTokens(PublicKeys keys, EndedSessions endedSessions, InstantSource clock) {
        return new AccessTokens(keys, endedSessions, clock);
    }

    @Bean
    EndedSessions endedSessions(Neighbours neighbours) {
        return new EndedSessions(neighbours);
    }

    @Bean
    WebMvcConfigurer actingMember() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ActingMember());
            }
        };
    }
}
