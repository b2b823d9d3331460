package picup.member.oidc;

/// A provider that does not answer, or not as OpenID has it.
final class ProviderFault extends Exception {
    private final boolean refusal;

    private ProviderFault(String message, Throwable cause, boolean refusal) {
        super(message, cause);
        this.refusal = refusal;
    }

    /// It cannot be reached, or what it says cannot be read.
    static ProviderFault away(String message, Throwable cause) {
        return new ProviderFault(message, cause, false);
    }

    /// It said no, or what it vouches for is not good.
    static ProviderFault refusal(String message) {
        return new ProviderFault(message, null, true);
    }

    static ProviderFault refusal(String message, Throwable cause) {
        return new ProviderFault(message, cause, true);
    }

    boolean isRefusal() {
        return refusal;
    }
}
