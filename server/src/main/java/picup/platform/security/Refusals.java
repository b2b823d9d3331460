package picup.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// Answers from within the filters, where no controller advice reaches, with the words of that very advice.
class Refusals {
    private final HandlerExceptionResolver advice;

    Refusals(HandlerExceptionResolver advice) {
        this.advice = advice;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, ProblemException refusal) {
        if (refusal.problem() == Problem.NOT_SIGNED_IN) {
            // RFC 9110, section 15.5.2; unlike Basic, Bearer opens no dialog in a browser
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        answer(request, response, (RuntimeException) refusal);
    }

    /// For what a filter could not help, such as a database that is away.
    void answer(HttpServletRequest request, HttpServletResponse response, RuntimeException failure) {
        if (advice.resolveException(request, response, null, failure) == null) {
            throw failure;
        }
    }
}
