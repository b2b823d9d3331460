package picup.platform.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/// [SignedIn] in the form that Spring Security carries.
final class SignedInAuthentication extends AbstractAuthenticationToken {
    private final SignedIn signedIn;

    SignedInAuthentication(SignedIn signedIn) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.signedIn = signedIn;
        setAuthenticated(true);
    }

    @Override
    public SignedIn getPrincipal() {
        return signedIn;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return signedIn.member().toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedInAuthentication that && signedIn.equals(that.signedIn);
    }

    @Override
    public int hashCode() {
        return signedIn.hashCode();
    }
}
