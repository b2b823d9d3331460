package picup.platform.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class NativeArgon2Test {
    private final NativeArgon2 reference = new NativeArgon2(16, 32, 1, 256, 2);
    private final Argon2PasswordEncoder bouncyCastle = new Argon2PasswordEncoder(16, 32, 1, 256, 2);

    @Test
    void theLibraryIsPartOfTheSetUp() {
        assertThat(NativeArgon2.isThere()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "비밀번호는 길게", "👩‍💻 café", " "})
    void whatOneWritesTheOtherReads(String password) {
        assertThat(bouncyCastle.matches(password, reference.encode(password))).isTrue();
        assertThat(reference.matches(password, bouncyCastle.encode(password))).isTrue();
        assertThat(reference.matches(password + "x", bouncyCastle.encode(password))).isFalse();
    }

    /// Of the test suite of the reference implementation: version 0x13, t=2, m=2^8, p=1.
    @Test
    void theVectorOfTheReferenceImplementationHolds() {
        assertThat(reference.matches("password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")).isTrue();
        assertThat(reference.matches("differentpassword", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ", "$argon2id$v=19$m=999999999999,t=2,p=1$c29tZXNhbHQ$bm90aGluZw", "$2a$10$abc"})
    void whatIsNoHashMatchesNothing(String encoded) {
        assertThat(reference.matches("secret", encoded)).isFalse();
    }
}
