package picup.platform.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Answers `GET /metrics` on a port of its own, by the small web server of Java itself.
@Component
@ConditionalOnProperty("picup.metrics.port")
class MetricsServer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpServer server;
    private volatile boolean running;

    /// @throws IOException when the port is taken
    MetricsServer(MetricsSettings settings, List<MeterBinder> binders) throws IOException {
        binders.forEach(binder -> binder.bindTo(registry));
        new JvmMemoryMetrics().bindTo(registry);
        server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", this::answer);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
            } else {
                var metrics = registry.scrape().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, metrics.length);
                exchange.getResponseBody().write(metrics);
            }
        } catch (RuntimeException e) {
            LOG.warn("Metrics could not be told", e);
            throw e;
        }
    }

    @Override
    public void start() {
        server.start();
        running = true;
        LOG.info("Metrics at http://{}:{}/metrics", server.getAddress().getHostString(), port());
    }

    @Override
    public void stop() {
        running = false;
        server.stop(0);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
