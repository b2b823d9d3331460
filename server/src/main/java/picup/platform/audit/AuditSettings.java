package picup.platform.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param retention how long the audit log remembers; 400 days are a year and the time to look back on it
@ConfigurationProperties(prefix = "picup.audit", ignoreUnknownFields = false)
public record AuditSettings(@DefaultValue("400d") Duration retention) {
    public AuditSettings {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("picup.audit.retention must be at least 1d, but is " + retention);
        }
    }
}
