package picup.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// How far it is: one line that is written over on a terminal, a line now and then where the output goes to a file.
final class Progress implements AutoCloseable, Upload.Watching {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration IN_FILE = Duration.ofSeconds(10);
    private static final int BAR = 24;

    private final PrintStream out;
    private final boolean terminal;
    private final int files;
    private final long totalBytes;
    private final long began = System.nanoTime();
    private final Thread painter;
    private int filesDone;
    private long bytesDone;
    private long bytesSent;
    private boolean awaiting;

    Progress(PrintStream out, boolean terminal, int files, long totalBytes) {
        this.out = out;
        this.terminal = terminal;
        this.files = files;
        this.totalBytes = totalBytes;
        this.painter = Thread.ofVirtual().start(this::paintNowAndThen);
    }

    /// @param sent whether its bytes went over the wire; what did not says nothing about the speed
    synchronized void done(long sizeBytes, boolean sent) {
        filesDone++;
        bytesDone += sizeBytes;
        bytesSent += sent ? sizeBytes : 0;
        awaiting = false;
    }

    @Override
    public synchronized void moved(long bytes) {
        bytesDone += bytes;
        bytesSent += bytes;
        awaiting = false;
    }

    @Override
    public synchronized void waiting() {
        if (!awaiting) {
            awaiting = true;
            out.println((terminal ? "\r\033[K" : "") + Text.WAITING.with());
        }
    }

    private void paintNowAndThen() {
        try {
            while (true) {
                Thread.sleep(terminal ? ON_TERMINAL : IN_FILE);
                paint();
            }
        } catch (InterruptedException e) {
            // the import has ended
        }
    }

    private synchronized void paint() {
        if (awaiting) {
            return;
        }
        var text = line(System.nanoTime() - began);
        out.print(terminal ? "\r\033[K" + text : text + System.lineSeparator());
        out.flush();
    }

    synchronized String line(long elapsedNanos) {
        double seconds = Math.max(0.001, elapsedNanos / 1e9);
        long speed = (long) (bytesSent / seconds);
        // Files that were skipped cost next to nothing, so the remaining time follows the bytes that were sent.
        var left = speed == 0 ? "?" : clock((totalBytes - bytesDone) / speed);
        int filled = totalBytes == 0 ? BAR : (int) (BAR * bytesDone / totalBytes);
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + Text.PROGRESS.with(
                String.format(Locale.ROOT, "%,d", filesDone), String.format(Locale.ROOT, "%,d", files),
                Text.bytes(bytesDone), Text.bytes(totalBytes), Text.bytes(speed), left);
    }

    private static String clock(long seconds) {
        return seconds < 3600 ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    @Override
    public void close() {
        painter.interrupt();
        if (terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
