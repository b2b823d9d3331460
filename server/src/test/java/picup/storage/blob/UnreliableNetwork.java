package picup.storage.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What lies between Picup and an S3 server: passes requests on, one a connection, and spoils answers on demand.
public final class UnreliableNetwork implements AutoCloseable {
    private static final byte[] BUSY = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    /// What happens to an answer's body.
    public enum Trouble {
        /// Nothing.
        NONE,
        /// The byte at the given place is another one.
        FLIPPED,
        /// The connection ends there.
        CUT,
        /// Nothing comes any more from there on, and the connection stays.
        STALLED
    }

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Random random;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile long troubleAt;
    private volatile double refusing;

    public UnreliableNetwork(int target, long seed) {
        this.target = target;
        this.random = new Random(seed);
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void begin(Trouble trouble, long atByte) {
        this.troubleAt = atByte;
        this.trouble = trouble;
    }

    /// @param share of the requests that get 503
    public void refuse(double share) {
        refusing = share;
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closing) {
            return;
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            if (head == null) {
                return;
            }
            if (refused()) {
                client.getOutputStream().write(BUSY);
                client.shutdownOutput();
                client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                return;
            }
            try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                open.add(server);
                server.getOutputStream().write(head.replaceFirst("(?i)\r\nConnection: keep-alive", "").replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(StandardCharsets.ISO_8859_1));
                Thread.ofVirtual().start(() -> pass(client, server));
                answer(server.getInputStream(), client);
                open.remove(server);
            }
        } catch (IOException broken) {
            return;
        } finally {
            open.remove(client);
        }
    }

    private synchronized boolean refused() {
        return random.nextDouble() < refusing;
    }

    private static void pass(Socket client, Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException ended) {
            return;
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void answer(InputStream in, Socket client) throws IOException {
        var head = head(in);
        if (head == null) {
            return;
        }
        var out = client.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        var buffer = new byte[16 * 1024];
        long passed = 0;
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            int until = read;
            boolean here = trouble != Trouble.NONE && troubleAt >= passed && troubleAt < passed + read;
            if (here && trouble == Trouble.FLIPPED) {
                buffer[(int) (troubleAt - passed)] ^= 1;
            } else if (here) {
                until = (int) (troubleAt - passed);
            }
            out.write(buffer, 0, until);
            if (here && trouble == Trouble.CUT) {
                return;
            }
            if (here && trouble == Trouble.STALLED) {
                awaitClosing();
                return;
            }
            passed += read;
        }
        out.flush();
    }

    private void awaitClosing() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            closed.countDown();
            listener.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
