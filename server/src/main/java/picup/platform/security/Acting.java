package picup.platform.security;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/// Who acts in the request that this thread serves, for rules that must hold on every way to a thing, those that are built later too. Nobody does
/// in jobs and in threads of the server's own.
public final class Acting {
    private Acting() {}

    public static Optional<SignedIn> now() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication acting
                ? Optional.of(acting.getPrincipal()) : Optional.empty();
    }
}
