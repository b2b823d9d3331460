package picup.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to the server on which every connection breaks off when it has carried so many bytes there.
final class CutLine implements AutoCloseable {
    private final ServerSocket listening;
    private final URI server;
    private final long afterBytes;
    private final AtomicInteger cuts = new AtomicInteger();

    CutLine(String server, long afterBytes) throws IOException {
        this.server = URI.create(server);
        this.afterBytes = afterBytes;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                var near = listening.accept();
                Thread.ofVirtual().start(() -> carry(near));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void carry(Socket near) {
        try (near; var far = new Socket(server.getHost(), server.getPort())) {
            var back = Thread.ofVirtual().start(() -> {
                try {
                    far.getInputStream().transferTo(near.getOutputStream());
                    near.shutdownOutput();
                } catch (IOException e) {
                    // cut
                }
            });
            var buffer = new byte[64 * 1024];
            long carried = 0;
            for (int read = near.getInputStream().read(buffer); read >= 0; read = near.getInputStream().read(buffer)) {
                far.getOutputStream().write(buffer, 0, read);
                carried += read;
                if (carried > afterBytes) {
                    cuts.incrementAndGet();
                    near.setSoLinger(true, 0); // a reset, as of a line that is torn
                    return;
                }
            }
            far.shutdownOutput();
            back.join();
        } catch (IOException e) {
            // either side has gone
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
