package picup.platform.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param next cursor of the following page; null when this is the last
public record AuditPage(List<AuditEntry> entries, @Nullable String next) {}
