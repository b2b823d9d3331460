package picup.platform.web;

import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What orchestrators and balancers ask. Readiness says "send requests here", so it goes down when draining begins;
/// it does not look at the database, whose absence no restart of this process would mend.
@RestController
class HealthController {
    private final ApplicationAvailability availability;

    HealthController(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @GetMapping("/health/live")
    ResponseEntity<Map<String, String>> live() {
        return answer(availability.getLivenessState() == LivenessState.CORRECT);
    }

    @GetMapping("/health/ready")
    ResponseEntity<Map<String, String>> ready() {
        return answer(availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static ResponseEntity<Map<String, String>> answer(boolean up) {
        return ResponseEntity.status(up ? 200 : 503).body(Map.of("status", up ? "up" : "down"));
    }
}
