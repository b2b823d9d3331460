package picup.platform.hashing;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Argon2id by its reference implementation, `libargon2`, where the system has it, and by Bouncy Castle elsewhere. Both write
/// and read the same PHC strings, so a database moves between them freely.
///
/// The reference implementation takes a third of the time, and its 19 MiB come from the system and go back to it. Bouncy Castle
/// takes them from a heap that is meant to be small, in pieces that the collector has to copy.
final class NativeArgon2 implements PasswordEncoder {
    private static final Logger LOG = LoggerFactory.getLogger(NativeArgon2.class);
    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final int saltBytes;
    private final int hashBytes;
    private final int parallelism;
    private final int memoryKib;
    private final int iterations;
    private final SecureRandom random = new SecureRandom();
    private final PasswordEncoder elsewhere;

    NativeArgon2(int saltBytes, int hashBytes, int parallelism, int memoryKib, int iterations) {
        this.saltBytes = saltBytes;
        this.hashBytes = hashBytes;
        this.parallelism = parallelism;
        this.memoryKib = memoryKib;
        this.iterations = iterations;
        this.elsewhere = new Argon2PasswordEncoder(saltBytes, hashBytes, parallelism, memoryKib, iterations);
    }

    /// Whether the system has the library.
    static boolean isThere() {
        return Library.HASH.isPresent();
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        if (password == null || !isThere()) {
            return elsewhere.encode(password);
        }
        var salt = new byte[saltBytes];
        random.nextBytes(salt);
        var hash = hash(password, salt, hashBytes, memoryKib, iterations, parallelism);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s".formatted(memoryKib, iterations, parallelism,
                base64.encodeToString(salt), base64.encodeToString(hash));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
        var parts = encoded == null ? null : PHC.matcher(encoded);
        if (password == null || parts == null || !parts.matches()) {
            return false;
        }
        if (!isThere()) {
            return elsewhere.matches(password, encoded);
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        var actual = hash(password, Base64.getDecoder().decode(parts.group(4)), expected.length,
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        return MessageDigest.isEqual(expected, actual);
    }

    @Override
    public boolean upgradeEncoding(@Nullable String encoded) {
        return elsewhere.upgradeEncoding(encoded);
    }

    private static byte[] hash(CharSequence password, byte[] salt, int hashBytes, int memoryKib, int iterations, int parallelism) {
        var clear = StandardCharsets.UTF_8.encode(java.nio.CharBuffer.wrap(password));
        try (var arena = Arena.ofConfined()) {
            var typed = arena.allocate(Math.max(1, clear.remaining()));
            typed.copyFrom(MemorySegment.ofBuffer(clear));
            var result = arena.allocate(hashBytes);
            try {
                // int argon2id_hash_raw(t_cost, m_cost, parallelism, pwd, pwdlen, salt, saltlen, hash, hashlen), argon2.h
                int code = (int) Library.HASH.orElseThrow().invokeExact(iterations, memoryKib, parallelism, typed, (long) clear.remaining(),
                        arena.allocateFrom(ValueLayout.JAVA_BYTE, salt), (long) salt.length, result, (long) hashBytes);
                if (code != 0) {
                    throw new IllegalStateException("libargon2 answered " + code);
                }
                return result.toArray(ValueLayout.JAVA_BYTE);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("libargon2 cannot be called", e);
            } finally {
                typed.fill((byte) 0);
            }
        }
    }

    /// Looked for by the first hash, as no start has time for it.
    private static final class Library {
        private static final Optional<MethodHandle> HASH = find();

        private static Optional<MethodHandle> find() {
            try {
                var function = SymbolLookup.libraryLookup("libargon2.so.1", Arena.global()).find("argon2id_hash_raw");
                return function.map(address -> Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)));
            } catch (IllegalArgumentException notInstalled) {
                LOG.info("The system has no libargon2, so passwords take three times as long");
                return Optional.empty();
            }
        }
    }
}
