package picup.decoder;

import static picup.decoder.Native.INT;
import static picup.decoder.Native.LONG;
import static picup.decoder.Native.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// libvips through its object interface: an operation is made by name, its arguments are set by name, it is built, its
/// result is taken out. So there is one way to call all three hundred operations, and no variable argument lists.
/// Reference: libvips.org/API/current, "libvips from other languages".
final class Vips {

    /// The loaders that strangers' files may reach. libvips knows twenty more (through ImageMagick, OpenSlide, PDF, SVG,
    /// FITS, MATLAB…), each an attack surface that no family picture needs. `Raw` reads rows that [PixelFile] wrote.
    private static final List<String> LOADERS = List.of(
            "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif", "VipsForeignLoadHeif",
            "VipsForeignLoadJxl", "VipsForeignLoadTiff", "VipsForeignLoadJp2k", "VipsForeignLoadRaw");

    private static final Native VIPS = Native.library("libvips.so.42");
    private static final Native GOBJECT = Native.library("libgobject-2.0.so.0");

    private static final MethodHandle OPERATION_NEW = VIPS.function("vips_operation_new", POINTER, POINTER);
    private static final MethodHandle SET_FROM_STRING = VIPS.function("vips_object_set_argument_from_string", INT, POINTER, POINTER, POINTER);
    private static final MethodHandle BUILD = VIPS.function("vips_object_build", INT, POINTER);
    private static final MethodHandle UNREF_OUTPUTS = VIPS.procedure("vips_object_unref_outputs", POINTER);
    private static final MethodHandle ERROR_BUFFER = VIPS.function("vips_error_buffer", POINTER);
    private static final MethodHandle ERROR_CLEAR = VIPS.procedure("vips_error_clear");
    private static final MethodHandle SET_PROPERTY = GOBJECT.procedure("g_object_set_property", POINTER, POINTER, POINTER);
    private static final MethodHandle GET_PROPERTY = GOBJECT.procedure("g_object_get_property", POINTER, POINTER, POINTER);
    private static final MethodHandle VALUE_INIT = GOBJECT.function("g_value_init", POINTER, POINTER, LONG);
    private static final MethodHandle VALUE_SET_OBJECT = GOBJECT.procedure("g_value_set_object", POINTER, POINTER);
    private static final MethodHandle VALUE_DUP_OBJECT = GOBJECT.function("g_value_dup_object", POINTER, POINTER);
    private static final MethodHandle VALUE_GET_DOUBLE = GOBJECT.function("g_value_get_double", ValueLayout.JAVA_DOUBLE, POINTER);
    private static final MethodHandle VALUE_UNSET = GOBJECT.procedure("g_value_unset", POINTER);
    private static final MethodHandle UNREF = GOBJECT.procedure("g_object_unref", POINTER);

    /// `sizeof(GValue)`: a type and two unions of eight bytes.
    private static final long GVALUE_BYTES = 24;

    /// `G_TYPE_DOUBLE`, 15 << G_TYPE_FUNDAMENTAL_SHIFT.
    private static final long TYPE_DOUBLE = 15 << 2;

    private static long imageType;

    private Vips() {}

    /// libvips said no.
    static final class Failure extends Exception {
        Failure(String message) {
            super(message);
        }
    }

    /// One thread: two decoders on two cores do more than one decoder with two threads. No cache: no file comes twice.
    static void start() {
        try (Arena arena = Arena.ofConfined()) {
            if ((int) VIPS.function("vips_init", INT, POINTER).invokeExact(arena.allocateFrom("picup-decoder")) != 0) {
                throw new IllegalStateException("libvips doesn't start: " + takeError());
            }
            VIPS.procedure("vips_concurrency_set", INT).invokeExact(1);
            VIPS.procedure("vips_cache_set_max", INT).invokeExact(0);
            VIPS.procedure("vips_block_untrusted_set", INT).invokeExact(1);
            MethodHandle block = VIPS.procedure("vips_operation_block_set", POINTER, INT);
            block.invokeExact(arena.allocateFrom("VipsForeignLoad"), 1);
            for (String loader : LOADERS) {
                block.invokeExact(arena.allocateFrom(loader), 0);
            }
            imageType = (long) VIPS.function("vips_image_get_type", LONG).invokeExact();
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static Operation operation(String name) {
        return new Operation(name);
    }

    static void unref(MemorySegment object) {
        try {
            UNREF.invokeExact(object);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static String takeError() {
        try {
            String message = Native.text((MemorySegment) ERROR_BUFFER.invokeExact()).strip();
            ERROR_CLEAR.invokeExact();
            return message.isEmpty() ? "libvips gave no reason" : message;
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// One call, used once: set arguments, then take the result.
    static final class Operation {
        private final String name;
        private final MemorySegment pointer;
        private final Arena arena = Arena.ofConfined();

        private Operation(String name) {
            this.name = name;
            try {
                pointer = (MemorySegment) OPERATION_NEW.invokeExact(arena.allocateFrom(name));
            } catch (Throwable thrown) {
                throw Native.unexpected(thrown);
            }
            if (pointer.equals(MemorySegment.NULL)) {
                throw new IllegalStateException("this libvips has no " + name + ": " + takeError());
            }
        }

        /// Numbers, booleans and enumerations by their nickname, as libvips' own command line takes them.
        Operation set(String argument, Object value) {
            try {
                if ((int) SET_FROM_STRING.invokeExact(pointer, arena.allocateFrom(argument), arena.allocateFrom(value.toString())) != 0) {
                    throw new IllegalStateException(name + " doesn't take " + argument + "=" + value + ": " + takeError());
                }
                return this;
            } catch (Throwable thrown) {
                throw Native.unexpected(thrown);
            }
        }

        Operation set(String argument, VipsImage image) {
            try {
                MemorySegment value = newValue(imageType);
                VALUE_SET_OBJECT.invokeExact(value, image.pointer());
                SET_PROPERTY.invokeExact(pointer, arena.allocateFrom(argument), value);
                VALUE_UNSET.invokeExact(value);
                return this;
            } catch (Throwable thrown) {
                throw Native.unexpected(thrown);
            }
        }

        VipsImage image() throws Failure {
            try {
                build();
                MemorySegment value = newValue(imageType);
                GET_PROPERTY.invokeExact(pointer, arena.allocateFrom("out"), value);
                MemorySegment image = (MemorySegment) VALUE_DUP_OBJECT.invokeExact(value);
                VALUE_UNSET.invokeExact(value);
                return new VipsImage(image);
            } catch (Failure failure) {
                throw failure;
            } catch (Throwable thrown) {
                throw Native.unexpected(thrown);
            } finally {
                close();
            }
        }

        double number() throws Failure {
            try {
                build();
                MemorySegment value = newValue(TYPE_DOUBLE);
                GET_PROPERTY.invokeExact(pointer, arena.allocateFrom("out"), value);
                return (double) VALUE_GET_DOUBLE.invokeExact(value);
            } catch (Failure failure) {
                throw failure;
            } catch (Throwable thrown) {
                throw Native.unexpected(thrown);
            } finally {
                close();
            }
        }

        void run() throws Failure {
            try {
                build();
            } finally {
                close();
            }
        }

        private void build() throws Failure {
            int failed;
            try {
                failed = (int) BUILD.invokeExact(pointer);
            } catch (Throwable thrown) {
                throw Native.unexpected(thrown);
            }
            if (failed != 0) {
                throw new Failure(name + ": " + takeError());
            }
        }

        private MemorySegment newValue(long type) throws Throwable {
            MemorySegment value = arena.allocate(GVALUE_BYTES, 8);
            MemorySegment same = (MemorySegment) VALUE_INIT.invokeExact(value, type);
            return same.equals(value) ? value : same;
        }

        private void close() {
            try {
                UNREF_OUTPUTS.invokeExact(pointer);
                UNREF.invokeExact(pointer);
            } catch (Throwable thrown) {
                throw Native.unexpected(thrown);
            } finally {
                arena.close();
            }
        }
    }
}
