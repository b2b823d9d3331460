package picup.platform;

import java.util.LinkedHashMap;
import java.util.Map;

/// Ends a request with a [Problem]. Meant for refusals that every caller treats alike; where a caller must choose,
/// a use case returns a sealed outcome instead.
public class ProblemException extends RuntimeException {
    private final Problem problem;
    private final transient Map<String, Object> properties = new LinkedHashMap<>();

    ProblemException(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    /// Adds a member to the problem document, such as `retryAfterSeconds`.
    public ProblemException with(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, Object> properties() {
        return properties;
    }
}
