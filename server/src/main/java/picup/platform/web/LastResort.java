package picup.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import picup.platform.Problem;

/// Where Tomcat sends a request that failed outside of every controller, such as in a filter. What failed is thrown once
/// more, so that [Problems] answers as it would have there. Asked for from outside, the address is one that does not exist.
@Controller
class LastResort implements ErrorController {
    @RequestMapping("/error")
    void failed(HttpServletRequest request) throws Exception {
        switch (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)) {
            // Tomcat notes what goes wrong in reading a request, and sends it here whatever a controller has answered.
            case SocketTimeoutException _ -> throw Problem.TOO_SLOW.because("Nothing came for too long. Of an upload in pieces, what had arrived is kept; ask for the offset and go on.");
            case EOFException gone -> throw new ClientAbortException(gone);
            case SocketException gone -> throw new ClientAbortException(gone);
            case Exception cause -> throw cause;
            case null, default -> {}
        }
        throw switch (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)) {
            case Integer status when status >= 500 -> Problem.INTERNAL.because("Try again; nothing was lost.");
            case Integer status when status != 404 -> Problem.BAD_REQUEST.because("The request cannot be understood.");
            case null, default -> Problem.NOT_FOUND.because("This address does not exist.");
        };
    }
}
