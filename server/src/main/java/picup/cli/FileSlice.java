package picup.cli;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A part of a file as the body of a request, with its length known beforehand: a server keeps what has arrived of a request that breaks off only when
/// it knows how long that was to be.
final class FileSlice extends FilterInputStream {
    private long leftBytes;

    private FileSlice(InputStream file, long lengthBytes) {
        super(file);
        this.leftBytes = lengthBytes;
    }

    static BodyPublisher of(Path file, long offsetBytes, long lengthBytes) throws FileNotFoundException {
        if (!Files.isReadable(file)) {
            throw new FileNotFoundException(file.toString());
        }
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(file, offsetBytes, lengthBytes)), lengthBytes);
    }

    private static InputStream open(Path file, long offsetBytes, long lengthBytes) {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ).position(offsetBytes);
            return new FileSlice(Channels.newInputStream(channel), lengthBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (leftBytes == 0) {
            return -1;
        }
        int read = super.read(into, from, (int) Math.min(length, leftBytes));
        if (read > 0) {
            leftBytes -= read;
        }
        return read;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), leftBytes);
    }
}
