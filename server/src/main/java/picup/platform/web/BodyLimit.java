package picup.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// What is read into memory has a limit. A multipart form and a piece of a resumable upload have none here, because they go to disk as they
/// arrive, with limits of their own.
@Component
class BodyLimit extends OncePerRequestFilter {
    /// Twice what the largest list of ids takes (10,000 of 39 bytes).
    private static final int MOST_BYTES = 1 << 20;

    private static final List<String> TO_DISK = List.of("multipart/", "application/offset+octet-stream");

    private final HandlerExceptionResolver advice;

    BodyLimit(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
        this.advice = advice;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            advice.resolveException(request, response, null, tooLarge());
            return;
        }
        chain.doFilter(new Limited(request), response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && TO_DISK.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith);
    }

    private static ProblemException tooLarge() {
        return Problem.TOO_LARGE.because("A request may have %,d bytes at most. Send it in parts.".formatted(MOST_BYTES));
    }

    /// For bodies that do not say beforehand how long they are.
    private static final class Limited extends HttpServletRequestWrapper {
        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counting(super.getInputStream());
        }
    }

    private static final class Counting extends ServletInputStream {
        private final ServletInputStream in;
        private long readBytes;

        Counting(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int each = in.read();
            count(each < 0 ? 0 : 1);
            return each;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int more) {
            readBytes += more;
            if (readBytes > MOST_BYTES) {
                throw tooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
