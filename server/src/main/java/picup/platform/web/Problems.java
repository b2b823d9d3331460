package picup.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import picup.platform.BadValue;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.Unavailable;

/// Turns every exception that reaches the web into a problem document, the framework's own ones too.
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ProblemException refusal) {
        var document = document(refusal.problem(), refusal.getMessage());
        refusal.properties().forEach(document::setProperty);
        var answer = ResponseEntity.status(refusal.problem().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (refusal.properties().get("retryAfterSeconds") instanceof Number seconds) {
            answer.header(HttpHeaders.RETRY_AFTER, "" + seconds.longValue());
        }
        return answer.body(document);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> badValue(BadValue e) {
        LOG.debug("Refused", e);
        return refused(Problem.BAD_VALUE.because(String.valueOf(e.getMessage())));
    }

    /// Tomcat reads parameters when somebody first asks for one, which is inside a controller's call.
    @ExceptionHandler
    ResponseEntity<ProblemDetail> badParameters(InvalidParameterException e) {
        LOG.debug("Refused", e);
        return refused(e.getErrorCode() == Problem.TOO_LARGE.status()
                ? Problem.TOO_LARGE.because("The form is too large.")
                : Problem.BAD_REQUEST.because("The parameters cannot be read. Write them percent-encoded, as UTF-8."));
    }

    /// No connection, one that broke in the middle, a deadlock, a serialisation failure: the same request may well succeed in
    /// a moment, and changes nothing twice when its commit got through and only the word of it was lost.
    @ExceptionHandler({CannotGetJdbcConnectionException.class, CannotCreateTransactionException.class, TransientDataAccessException.class,
            DataAccessResourceFailureException.class, TransactionSystemException.class})
    ResponseEntity<ProblemDetail> busy(Exception e) {
        LOG.warn("The database is busy or away: {}", e.toString());
        return refused(Problem.OVERLOADED.because("The database cannot take this at the moment. Try again shortly.")
                .with("retryAfterSeconds", RETRY_AFTER_SECONDS));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(Unavailable e, HttpServletResponse response) throws Unavailable {
        forgetAnswer(response, e);
        LOG.warn("Cannot answer now", e);
        return refused(Problem.STORAGE_UNAVAILABLE.because(e.getMessage() + " Nothing was changed; try again shortly.").with("retryAfterSeconds", RETRY_AFTER_SECONDS));
    }

    @ExceptionHandler
    void gone(ClientAbortException e) {
        LOG.debug("The client went away", e);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e, HttpServletResponse response) throws Exception {
        forgetAnswer(response, e);
        return internal(e);
    }

    /// Of an answer that broke off before its first bytes went out, length, range and lifetime are set already, and would be told of the problem.
    private static <E extends Exception> void forgetAnswer(HttpServletResponse response, E e) throws E {
        if (response.isCommitted()) {
            throw e; // to Tomcat, which breaks the connection off: the reader must not take half an answer for a whole one
        }
        response.reset();
    }

    private ResponseEntity<ProblemDetail> internal(Exception e) {
        var reference = reference();
        LOG.error("A request failed; its reference is {}", reference, e);
        return refused(Problem.INTERNAL.because("The server's log says more, under the reference %s. Try again; nothing was lost.".formatted(reference))
                .with("reference", reference));
    }

    /// A live stream has reached its age, and its browser comes again. Its answer began long ago.
    @Override
    protected @Nullable ResponseEntity<Object> handleAsyncRequestTimeoutException(
            AsyncRequestTimeoutException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var stream = request instanceof ServletWebRequest servlet && servlet.getResponse() != null && servlet.getResponse().isCommitted();
        return stream ? null : super.handleAsyncRequestTimeoutException(e, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (NestedExceptionUtils.getRootCause(e) instanceof ProblemException refusal) {
            // Thrown while a body was read, and wrapped by whoever was reading.
            return ResponseEntity.status(refusal.problem().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(document(refusal.problem(), refusal.getMessage()));
        }
        var problem = switch (status.value()) {
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 413 -> Problem.TOO_LARGE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            case 416 -> Problem.RANGE_NOT_SATISFIABLE;
            case 503 -> Problem.OVERLOADED;
            default -> status.is5xxServerError() ? Problem.INTERNAL : Problem.BAD_REQUEST;
        };
        if (problem == Problem.INTERNAL) {
            return ResponseEntity.status(problem.status()).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(internal(e).getBody());
        }
        var detail = body instanceof ProblemDetail original && original.getDetail() != null ? original.getDetail() : problem.title();
        return ResponseEntity.status(problem.status()).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(document(problem, detail));
    }

    /// Short enough to be read out, and found in a log by whoever runs this.
    private static String reference() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static ProblemDetail document(Problem problem, @Nullable String detail) {
        var document = ProblemDetail.forStatus(problem.status());
        document.setType(URI.create("urn:picup:problem:" + problem.code()));
        document.setTitle(problem.title());
        document.setDetail(detail);
        document.setProperty("code", problem.code());
        return document;
    }
}
