package picup.platform.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picup.platform.DurableFiles;

/// The folder of the keys of access tokens. A key is a pair of PEM files named by its id, the `kid` of the tokens:
///
/// ```
/// 20261122T194159Z.public.pem    what every role verifies with
/// 20261122T194159Z.private.pem   what the member role signs with, mode 0600; the last name in order signs
/// ```
///
/// A rotation needs no restart: put a new public file everywhere, half a minute later its private file where members are
/// served, and remove the old pair when the tokens that it signed have run out. Hence the two files: a key must be known
/// to every verifier before the first token bears it.
public class KeyFolder implements PublicKeys {
    private static final String PUBLIC = ".public.pem";
    private static final String PRIVATE = ".private.pem";
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /// By key id; files with other names are left out.
    @Override
    public TreeMap<String, ECPublicKey> publicKeys() {
        var keys = new TreeMap<String, ECPublicKey>();
        pems(PUBLIC).forEach((id, der) -> keys.put(id, publicKey(id, der)));
        return keys;
    }

    /// By key id, in order of the ids.
    public TreeMap<String, ECPrivateKey> privateKeys() {
        var keys = new TreeMap<String, ECPrivateKey>();
        pems(PRIVATE).forEach((id, der) -> keys.put(id, privateKey(id, der)));
        return keys;
    }

    /// The public file comes first, so that no token bears a key that a verifier beside us cannot find yet. Each file is
    /// written beside and renamed, because other processes read the folder at any time.
    public void add(String keyId, KeyPair pair) {
        try {
            DurableFiles.createDirectories(folder);
            write(keyId + PUBLIC, "PUBLIC KEY", pair.getPublic().getEncoded(), "rw-r--r--");
            write(keyId + PRIVATE, "PRIVATE KEY", pair.getPrivate().getEncoded(), "rw-------");
            DurableFiles.sync(folder); // before anybody holds a token of this key
        } catch (IOException e) {
            throw new UncheckedIOException("No signing key can be made in " + folder
                    + "; make the folder writable, or put a key pair into it", e);
        }
    }

    private Map<String, byte[]> pems(String suffix) {
        var found = new TreeMap<String, byte[]>();
        try (var files = Files.newDirectoryStream(folder, "*" + suffix)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String id = name.substring(0, name.length() - suffix.length());
                if (KEY_ID.matcher(id).matches()) {
                    found.put(id, der(file));
                }
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("The keys of access tokens in " + folder + " cannot be read", e);
        }
        return found;
    }

    private static byte[] der(Path file) throws IOException {
        String body = Files.readString(file).lines()
                .filter(line -> !line.startsWith("-----"))
                .reduce("", String::concat);
        try {
            return Base64.getDecoder().decode(body.strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no PEM file", e);
        }
    }

    private ECPublicKey publicKey(String id, byte[] der) {
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(folder.resolve(id + PUBLIC) + " is no public EC key", e);
        }
    }

    private ECPrivateKey privateKey(String id, byte[] der) {
        try {
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(folder.resolve(id + PRIVATE) + " is no PKCS#8 EC key", e);
        }
    }

    private void write(String name, String kind, byte[] der, String permissions) throws IOException {
        String pem = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
        Path target = folder.resolve(name);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path beside = Files.createTempFile(folder, ".key", ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, pem, StandardOpenOption.SYNC);
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(permissions));
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
