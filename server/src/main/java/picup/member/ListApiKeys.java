package picup.member;

import java.util.List;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Shows members which programs they have let in.
@Component
public class ListApiKeys {
    private final ApiKeys keys;

    ListApiKeys(ApiKeys keys) {
        this.keys = keys;
    }

    /// The newest first, those that have run out included.
    public List<ApiKey> of(MemberId member) {
        return keys.of(member);
    }
}
