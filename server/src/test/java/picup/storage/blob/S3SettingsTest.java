package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import picup.storage.StorageSettings;

class S3SettingsTest {
    private static StorageSettings settings(Map<String, String> told) {
        var prefixed = new HashMap<String, String>();
        told.forEach((name, value) -> prefixed.put("picup.storage." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed)).bindOrCreate("picup.storage", StorageSettings.class);
    }

    @Test
    void withoutAnythingOriginalsAreOnDiskInPlain() {
        var settings = settings(Map.of());
        assertThat(settings.originals()).isEqualTo(StorageSettings.Place.DISK);
        assertThat(settings.copy()).isEqualTo(StorageSettings.Copy.NONE);
        assertThat(settings.s3().configured()).isFalse();
        assertThat(settings.encryption().keys()).isEmpty();
    }

    @Test
    void secretsAreNotPrinted() {
        var settings = settings(Map.of("s3.bucket", "pictures", "s3.access-key", "an-access-key", "s3.secret-key", "a-secret-key",
                "encryption.keys", EncryptedDiskStoreTest.NEW_KEY + "," + EncryptedDiskStoreTest.OLD_KEY));
        assertThat(settings.encryption().keys()).hasSize(2);
        assertThat(settings.toString()).doesNotContain("an-access-key", "a-secret-key", "AAECAwQ", "Hx4dHB");
    }

    @Test
    void whatCannotWorkStopsTheStart() {
        for (var wrong : List.of(Map.of("originals", "s3"), Map.of("copy", "s3"), Map.of("originals", "s3", "copy", "s3", "s3.bucket", "b"),
                Map.of("s3.access-key", "alone"), Map.of("s3.endpoint", "s3.example"), Map.of("s3.timeout", "2m"), Map.of("s3.connect-timeout", "0s"),
                Map.of("encryption.keys", "2026:AAAA"), Map.of("cache", "-1B"))) {
            assertThatThrownBy(() -> settings(wrong)).as(wrong.toString()).isInstanceOf(BindException.class);
        }
    }

    @Test
    void keysBeginWithThePrefixWhateverSlashesItHas() {
        for (var prefix : List.of("a/b", "/a/b/", "a/b//")) {
            assertThat(settings(Map.of("s3.prefix", prefix)).s3().folder()).isEqualTo("a/b/");
        }
        assertThat(settings(Map.of()).s3().folder()).isEmpty();
    }
}
