package picup.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.ModelAndView;
import picup.platform.MemberId;

/// API keys where there is a table of them, where there is none, and where it is away.
class SessionFilterTest {
    private static final String KEY = "picup_" + "x".repeat(43);

    @TempDir
    Path folder;

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

    private Optional<Object> actingAfter(@Nullable BearerKeys keys) throws Exception {
        var beans = new StaticListableBeanFactory();
        if (keys != null) {
            beans.addBean("keys", keys);
        }
        var tokens = new AccessTokens(new KeyFolder(folder), new EndedSessions(), new MovableClock(Instant.EPOCH));
        var filter = new SessionFilter(tokens, beans.getBeanProvider(BearerKeys.class), new Refusals((_, _, _, exception) -> {
            answered = exception;
            return new ModelAndView();
        }));
        var request = new MockHttpServletRequest("GET", "/api/albums");
        request.addHeader("Authorization", "Bearer " + KEY);
        filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication()).map(acting -> acting.getPrincipal());
    }
}
