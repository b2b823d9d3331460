package picup.library.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.catalina.connector.ClientAbortException;
import picup.platform.Problem;

/// The body of a request. What goes wrong in reading it is the client's connection and no fault of the server, which a disk that fails
/// while it is written would be.
final class ClientBytes extends FilterInputStream {
    ClientBytes(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// @throws ClientAbortException when it has gone
    /// @throws picup.platform.ProblemException `too-slow`
    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        try {
            return super.read(into, from, most);
        } catch (SocketTimeoutException e) {
            throw Problem.TOO_SLOW.because("Nothing came for too long. What had arrived is kept; ask for the offset and go on.");
        } catch (IOException e) {
            throw new ClientAbortException(e);
        }
    }
}
