package picup.decoder;

import static picup.decoder.Native.INT;
import static picup.decoder.Native.LONG;
import static picup.decoder.Native.POINTER;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.foreign.ValueLayout;

/// The way back to the parent. It was this process' standard output, but libraries print there when they feel like it and
/// would corrupt the frames: so the pipe moves to a descriptor that nobody else knows, and descriptor 1 becomes standard error.
final class AnswerPipe {

    private static final MethodHandle WRITE = Native.libc().function("write", LONG, INT, POINTER, LONG);

    private final int descriptor;

    private AnswerPipe(int descriptor) {
        this.descriptor = descriptor;
    }

    static AnswerPipe takeStandardOutput() {
        try {
            int own = (int) Native.libc().function("dup", INT, INT).invokeExact(1);
            int moved = (int) Native.libc().function("dup2", INT, INT, INT).invokeExact(2, 1);
            if (own < 0 || moved < 0) {
                throw new IllegalStateException("standard output can't be moved: dup=" + own + ", dup2=" + moved);
            }
            return new AnswerPipe(own);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    void send(byte[] frame) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            long sent = 0;
            while (sent < frame.length) {
                long more = (long) WRITE.invokeExact(descriptor, bytes.asSlice(sent), frame.length - sent);
                if (more <= 0) {
                    throw new IOException("the parent doesn't listen any more");
                }
                sent += more;
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
