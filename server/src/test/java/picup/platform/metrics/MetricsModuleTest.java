package picup.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import picup.events.MemberEvent;
import picup.member.RunningPicup;
import picup.platform.jobs.Jobs;

@TestPropertySource(properties = "picup.metrics.port=0")
class MetricsModuleTest extends RunningPicup {
    @Autowired
    MetricsServer server;

    @Autowired
    Jobs jobs;

    @Test
    void whatTheRelayDoesIsTold() throws Exception {
        signUp("ada");
        await().until(() -> jobs.pending(MemberEvent.LANE) == 0);

        var answer = ask("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().lines()).contains(
                "picup_jobs_pending{lane=\"member.outbox\"} 0.0",
                "picup_jobs_given_up_total{essential=\"true\",kind=\"member-event\"} 0.0",
                "picup_events_oldest_age_seconds 0.0");
        assertThat(answer.body()).containsPattern("picup_jobs_done_total\\{essential=\"true\",kind=\"member-event\"} [1-9]");
    }

    @Test
    void nothingElseIsTold() throws Exception {
        assertThat(ask("/metrics/more").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/metrics", null).http().body()).as("on the port that people use").doesNotContain("picup_jobs");
    }

    private HttpResponse<String> ask(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(), BodyHandlers.ofString());
        }
    }
}
