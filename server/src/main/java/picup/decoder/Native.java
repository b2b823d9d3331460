package picup.decoder;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Calls into C. Only functions without variable arguments are used, so a handful of signatures serve for everything:
/// each new signature costs milliseconds of a decoder's start.
final class Native {

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();

    private final SymbolLookup symbols;

    private Native(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    static Native libc() {
        return new Native(LINKER.defaultLookup());
    }

    /// @throws IllegalArgumentException when the library isn't installed
    static Native library(String name) {
        return new Native(SymbolLookup.libraryLookup(name, Arena.global()));
    }

    MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(address(name), FunctionDescriptor.of(result, arguments));
    }

    MethodHandle procedure(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(address(name), FunctionDescriptor.ofVoid(arguments));
    }

    /// A C string that someone else owns.
    static String text(MemorySegment pointer) {
        return pointer.equals(MemorySegment.NULL) ? "" : pointer.reinterpret(1 << 16).getString(0);
    }

    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }

    private MemorySegment address(String name) {
        return symbols.find(name).orElseThrow(() -> new IllegalStateException("no function " + name + " here"));
    }
}
