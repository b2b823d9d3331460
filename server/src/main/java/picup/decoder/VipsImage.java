package picup.decoder;

import static picup.decoder.Native.INT;
import static picup.decoder.Native.LONG;
import static picup.decoder.Native.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// An image of libvips: mostly a promise, whose pixels are made when something is written.
record VipsImage(MemorySegment pointer) implements AutoCloseable {

    private static final Native VIPS = Native.library("libvips.so.42");
    private static final MethodHandle WIDTH = VIPS.function("vips_image_get_width", INT, POINTER);
    private static final MethodHandle HEIGHT = VIPS.function("vips_image_get_height", INT, POINTER);
    private static final MethodHandle BANDS = VIPS.function("vips_image_get_bands", INT, POINTER);
    private static final MethodHandle HAS_ALPHA = VIPS.function("vips_image_hasalpha", INT, POINTER);
    private static final MethodHandle TYPE_OF = VIPS.function("vips_image_get_typeof", LONG, POINTER, POINTER);
    private static final MethodHandle GET_INT = VIPS.function("vips_image_get_int", INT, POINTER, POINTER, POINTER);
    private static final MethodHandle COPY_MEMORY = VIPS.function("vips_image_copy_memory", POINTER, POINTER);
    private static final MethodHandle WRITE_TO_MEMORY = VIPS.function("vips_image_write_to_memory", POINTER, POINTER, POINTER);
    private static final MethodHandle GET_BLOB = VIPS.function("vips_image_get_blob", INT, POINTER, POINTER, POINTER, POINTER);
    private static final MethodHandle SET_BLOB_COPY = VIPS.procedure("vips_image_set_blob_copy", POINTER, POINTER, POINTER, LONG);
    private static final MethodHandle SET_INT = VIPS.procedure("vips_image_set_int", POINTER, POINTER, INT);
    private static final MethodHandle GET_DATA = VIPS.function("vips_image_get_data", POINTER, POINTER);
    private static final MethodHandle FORMAT = VIPS.function("vips_image_get_format", INT, POINTER);
    private static final MethodHandle NEW_FROM_MEMORY_COPY =
            VIPS.function("vips_image_new_from_memory_copy", POINTER, POINTER, LONG, INT, INT, INT, INT);
    private static final MethodHandle FREE = Native.library("libglib-2.0.so.0").procedure("g_free", POINTER);

    /// `VIPS_FORMAT_UCHAR`
    private static final int UCHAR = 0;

    /// `VIPS_FORMAT_USHORT`
    private static final int USHORT = 2;

    /// `VIPS_FORMAT_DOUBLE`
    private static final int DOUBLE = 8;

    /// A profile of a printer has two megabytes at most.
    private static final long MAX_BLOB_BYTES = 8 << 20;

    /// @param pixels rows of bytes, bands interleaved
    static VipsImage copyOf(MemorySegment pixels, int width, int height, int bands) throws Vips.Failure {
        try {
            MemorySegment image = (MemorySegment) NEW_FROM_MEMORY_COPY.invokeExact(pixels, pixels.byteSize(), width, height, bands, UCHAR);
            if (image.equals(MemorySegment.NULL)) {
                throw new Vips.Failure(Vips.takeError());
            }
            try (VipsImage plain = new VipsImage(image)) {
                return Vips.operation("copy").set("in", plain).set("interpretation", "srgb").image();
            }
        } catch (Vips.Failure failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// @param values row by row
    static VipsImage matrix(double[] values, int width, int height) throws Vips.Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
            MemorySegment image = (MemorySegment) NEW_FROM_MEMORY_COPY.invokeExact(numbers, numbers.byteSize(), width, height, 1, DOUBLE);
            if (image.equals(MemorySegment.NULL)) {
                throw new Vips.Failure(Vips.takeError());
            }
            return new VipsImage(image);
        } catch (Vips.Failure failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    int width() {
        return number(WIDTH);
    }

    /// Of all frames together, where there are several.
    int height() {
        return number(HEIGHT);
    }

    int bands() {
        return number(BANDS);
    }

    boolean hasAlpha() {
        return number(HAS_ALPHA) != 0;
    }

    boolean hasHeader(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) TYPE_OF.invokeExact(pointer, arena.allocateFrom(name)) != 0;
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// A number that the loader found in the header, as `orientation` or `n-pages`.
    int header(String name, int otherwise) {
        if (!hasHeader(name)) {
            return otherwise;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(INT);
            if ((int) GET_INT.invokeExact(pointer, arena.allocateFrom(name), out) != 0) {
                Vips.takeError();
                return otherwise;
            }
            return out.get(INT, 0);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// Only of an image that nobody else has: one that `copy` gave out.
    void setHeader(String name, int number) {
        try (Arena arena = Arena.ofConfined()) {
            SET_INT.invokeExact(pointer, arena.allocateFrom(name), number);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// Only of an image that nobody else has: one that `copy` gave out.
    void setHeader(String name, byte[] blob) {
        try (Arena arena = Arena.ofConfined()) {
            SET_BLOB_COPY.invokeExact(pointer, arena.allocateFrom(name), arena.allocateFrom(ValueLayout.JAVA_BYTE, blob), (long) blob.length);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// Bytes that the loader found in the header, as `icc-profile-data`.
    byte @Nullable [] blob(String name) {
        if (!hasHeader(name)) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment length = arena.allocate(LONG);
            if ((int) GET_BLOB.invokeExact(pointer, arena.allocateFrom(name), data, length) != 0) {
                Vips.takeError();
                return null;
            }
            long bytes = Math.min(length.get(LONG, 0), MAX_BLOB_BYTES);
            return data.get(ValueLayout.ADDRESS, 0).reinterpret(bytes).toArray(ValueLayout.JAVA_BYTE);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    boolean sixteenBits() {
        return number(FORMAT) == USHORT;
    }

    /// The pixels of an image that is in memory, while it is open.
    MemorySegment memory(long bytes) {
        try {
            return ((MemorySegment) GET_DATA.invokeExact(pointer)).reinterpret(bytes);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// The same pixels, to be closed apart.
    VipsImage another() throws Vips.Failure {
        return Vips.operation("copy").set("in", this).image();
    }

    /// Makes the pixels now, once, so that several results can be taken from them.
    VipsImage inMemory() throws Vips.Failure {
        MemorySegment copy;
        try {
            copy = (MemorySegment) COPY_MEMORY.invokeExact(pointer);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
        if (copy.equals(MemorySegment.NULL)) {
            throw new Vips.Failure(Vips.takeError());
        }
        return new VipsImage(copy);
    }

    /// Row by row, bands interleaved.
    byte[] pixels() throws Vips.Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(LONG);
            MemorySegment memory = (MemorySegment) WRITE_TO_MEMORY.invokeExact(pointer, size);
            if (memory.equals(MemorySegment.NULL)) {
                throw new Vips.Failure(Vips.takeError());
            }
            byte[] pixels = memory.reinterpret(size.get(LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
            FREE.invokeExact(memory);
            return pixels;
        } catch (Vips.Failure failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    @Override
    public void close() {
        Vips.unref(pointer);
    }

    private int number(MethodHandle getter) {
        try {
            return (int) getter.invokeExact(pointer);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
