package picup.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.ModelAndView;
import picup.platform.MemberId;
import picup.platform.Problem;

/// API keys where there is a table of them, where there is none, and where it is away.
class SessionFilterTest {
    private static final String KEY = "picup_" + "x".repeat(43);

    private final SignedIn program = SignedIn.byKey(MemberId.random(), UUID.randomUUID(), Set.of(Scope.ALBUMS_READ));
    private @Nullable Exception answered;

    @AfterEach
    void nobodyActs() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aKeyActsWhereMembersAreServed() throws Exception {
        assertThat(actingAfter(_ -> Optional.of(program))).contains(program);
    }

    @Test
    void aKeyIsNothingWhereTheyAreNot() throws Exception {
        assertThat(actingAfter(null)).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsSaidAndNotTakenForABadKey() throws Exception {
        var acting = actingAfter(_ -> {
            throw new DataAccessResourceFailureException("away");
        });

        assertThat(acting).isEmpty();
        assertThat(answered).isInstanceOf(DataAccessResourceFailureException.class);
    }

    /// A process that has to fetch its keys, in its first seconds: to say 401 would sign a browser out.
    @Test
    void aTokenThatNobodyCanJudgeYetIsToBeBroughtAgain() throws Exception {
        var request = withBearer("aaaa.bbbb.cccc");
        filter(_ -> Optional.empty(), Map::of).doFilter(request, new MockHttpServletResponse(), new MockFilterChain());

        var refusal = SessionFilter.notSignedIn(request);

        assertThat(refusal.problem()).isEqualTo(Problem.STARTING);
        assertThat(refusal.properties()).containsEntry("retryAfterSeconds", 2L);
    }

    @Test
    void aTokenThatIsNoneIsRefusedOnceThereAreKeys() throws Exception {
        var pair = KeyPairGenerator.getInstance("EC");
        pair.initialize(new ECGenParameterSpec("secp256r1"));
        var key = (ECPublicKey) pair.generateKeyPair().getPublic();
        var request = withBearer("aaaa.bbbb.cccc");
        filter(_ -> Optional.empty(), () -> Map.of("a", key)).doFilter(request, new MockHttpServletResponse(), new MockFilterChain());

        assertThat(SessionFilter.notSignedIn(request).problem()).isEqualTo(Problem.NOT_SIGNED_IN);
    }

    @Test
    void whoBringsNothingHasToSignInKeysOrNoKeys() throws Exception {
        var request = new MockHttpServletRequest("GET", "/api/albums");
        filter(null, Map::of).doFilter(request, new MockHttpServletResponse(), new MockFilterChain());

        assertThat(SessionFilter.notSignedIn(request).problem()).isEqualTo(Problem.NOT_SIGNED_IN);
    }

    private Optional<Object> actingAfter(@Nullable BearerKeys keys) throws Exception {
        filter(keys, Map::of).doFilter(withBearer(KEY), new MockHttpServletResponse(), new MockFilterChain());
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication()).map(acting -> acting.getPrincipal());
    }

    private static MockHttpServletRequest withBearer(String token) {
        var request = new MockHttpServletRequest("GET", "/api/albums");
        request.addHeader("Authorization", "Bearer " + token);
        return request;
    }

    private SessionFilter filter(@Nullable BearerKeys keys, PublicKeys published) {
        var beans = new StaticListableBeanFactory();
        if (keys != null) {
            beans.addBean("keys", keys);
        }
        var tokens = new AccessTokens(published, new EndedSessions(), new MovableClock(Instant.EPOCH));
        return new SessionFilter(tokens, beans.getBeanProvider(BearerKeys.class), new Refusals((_, _, _, exception) -> {
            answered = exception;
            return new ModelAndView();
        }));
    }
}
