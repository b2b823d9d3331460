package picup.storage.blob;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The keys that wrap the key of each blob. New blobs take the first; the others open what was wrapped before a rotation.
public final class EncryptionKeys {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,24}");
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    /// @param listed `id:key`, the key as 32 bytes in Base64
    public EncryptionKeys(List<String> listed) {
        for (var each : listed) {
            int colon = each.indexOf(':');
            if (colon < 0 || !ID.matcher(each.substring(0, colon)).matches()) {
                throw new IllegalArgumentException("picup.storage.encryption.keys must be like `2026:<key>`, the name of up to 24 letters, digits, dots, dashes");
            }
            if (keys.put(each.substring(0, colon), key(each.substring(0, colon), each.substring(colon + 1))) != null) {
                throw new IllegalArgumentException("picup.storage.encryption.keys has two keys of the name " + each.substring(0, colon));
            }
        }
    }

    private static SecretKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("The key %s of picup.storage.encryption.keys must be 32 bytes in Base64, as of `openssl rand -base64 32`".formatted(id));
        }
        return new SecretKeySpec(bytes, "AES");
    }

    public boolean none() {
        return keys.isEmpty();
    }

    String current() {
        return keys.keySet().iterator().next();
    }

    byte[] wrap(String id, byte[] key, byte[] nonce, byte[] bound) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, id, nonce, bound).doFinal(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /// @throws GeneralSecurityException when it was not wrapped so
    byte[] unwrap(String id, byte[] wrapped, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, id, nonce, bound).doFinal(wrapped);
    }

    boolean has(String id) {
        return keys.containsKey(id);
    }

    private Cipher cipher(int mode, String id, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    /// Without the keys.
    @Override
    public String toString() {
        return "EncryptionKeys" + keys.keySet();
    }
}
