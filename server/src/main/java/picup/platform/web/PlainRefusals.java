package picup.platform.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import picup.platform.Problem;

/// What Tomcat refuses before it reaches any filter (a request line or a header that cannot be read) is a problem document
/// too, where Tomcat would answer with a page in HTML.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class PlainRefusals implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        // After Spring Boot's own valve and therefore inside of it: whoever reports first has reported.
        factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new Report()));
    }

    private static final class Report extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, Throwable thrown) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            var problem = status >= 500 && thrown != null ? Problem.INTERNAL : Problem.BAD_REQUEST;
            try {
                response.setContentType("application/problem+json");
                response.getOutputStream().write(document(status, problem).getBytes(StandardCharsets.UTF_8));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                getContainer().getLogger().debug("The client does not take the answer", e);
            }
        }

        private static String document(int status, Problem problem) {
            return """
                    {"type":"urn:picup:problem:%s","title":"%s","status":%d,"code":"%s"}
                    """.formatted(problem.code(), problem.title(), status, problem.code()).strip();
        }
    }
}
