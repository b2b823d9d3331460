package picup.library.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.PicupSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a receipt says, to whom, and that anybody can find out whether it is ours.
class ReceiptModuleTest extends RunningPicup {
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private TransactionTemplate transaction;

    @TempDir
    Path folder;

    @Autowired
    private PicupSettings settings;

    private UUID ada;
    private String bearer;
    private String stranger;

    @BeforeEach
    void signedUp() {
        bearer = bearer("ada");
        stranger = bearer("eve");
        ada = UUID.fromString(send("GET", "/api/members/me", null, "Authorization", bearer).text("id"));
    }

    private String bearer(String username) {
        signUp(username);
        return "Bearer " + signIn(username).text("accessToken");
    }

    /// @param checked whether the scrub has read it back
    private void add(@Nullable String source, String name, String state, boolean checked, boolean trashed) {
        var id = Ids.next();
        // At once, and claimed for ever: the round of the scrub, which comes each minute, would find no bytes.
        transaction.executeWithoutResult(_ -> {
            database.sql("INSERT INTO storage.original (owner_id, digest, size_bytes, kept_at) VALUES (?, sha256(convert_to(?, 'UTF8')), 10, now())").params(ada, id.toString()).update();
            database.sql("""
                    UPDATE storage.blob SET state = ?, checked_at = CASE WHEN ? THEN timestamptz '2020-02-03 04:05:06Z' END, claimed_until = 'infinity'
                    WHERE digest = sha256(convert_to(?, 'UTF8'))
                    """).params(state, checked, id.toString()).update();
        });
        database.sql("""
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at, source, trashed_at)
                VALUES (?, ?, sha256(convert_to(?, 'UTF8')), 'jpeg', ?, 10, 'ready', now(), 'upload', now(), ?, CASE WHEN ? THEN now() END)
                """).params(ada, id, id.toString(), name, source, trashed).update();
    }

    private Answer get(String path) {
        return send("GET", path, null, "Authorization", bearer);
    }

    private JsonNode source(@Nullable String name) {
        return get("/api/receipts").json().get("sources").valueStream()
                .filter(each -> name == null ? each.get("source").isNull() : name.equals(each.get("source").asString(null))).findAny().orElseThrow();
    }

    /// As anybody would, from what the interface promises: members sorted, no spaces, UTF-8.
    private static byte[] canonical(JsonNode node) {
        return JSON.writeValueAsString(sorted(node)).getBytes(StandardCharsets.UTF_8);
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new TreeMap<>();
            node.propertyNames().forEach(name -> members.put(name, sorted(node.get(name))));
            return members;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>();
            node.forEach(each -> elements.add(sorted(each)));
            return elements;
        }
        return node;
    }

    @Test
    void eachSourceSaysWhatOfItIsSafe() {
        add("Chrome on Android", "1.jpg", "sound", true, false);
        add("Chrome on Android", "2.jpg", "sound", false, false);
        add("Chrome on Android", "3.jpg", "altered", true, false);
        add("Chrome on Android", "4.jpg", "sound", true, true);
        add("import from host:/photos", "5.jpg", "sound", true, false);
        add(null, "6.jpg", "missing", true, false);

        var phone = source("Chrome on Android");
        assertThat(phone.get("pictures").asInt()).as("without the trash").isEqualTo(3);
        assertThat(phone.get("verified").asInt()).isEqualTo(1);
        assertThat(phone.get("bytes").asLong()).isEqualTo(30);
        assertThat(phone.get("lastCheckedAt").asString()).isEqualTo("2020-02-03T04:05:06Z");
        var statement = get("/api/receipts/" + phone.get("id").asString()).json().get("statement");
        assertThat(statement.get("member").asString()).isEqualTo(ada.toString());
        assertThat(statement.get("originals").valueStream().map(each -> each.get("name").asString() + " " + each.get("verified") + " " + each.get("copies")).toList())
                .containsExactly("1.jpg true 1", "2.jpg false 0", "3.jpg false 0");
        for (var source : new String[] {"import from host:/photos", null}) {
            assertThat(get("/api/receipts/" + source(source).get("id").asString()).json().get("statement").get("originals").size()).isEqualTo(1);
        }
        assertThat(get("/api/receipts/Chrome%20on%20Android").status()).as("by its name").isEqualTo(200);
    }

    @Test
    void anybodyCanVerifyThemWithPlainJava() throws Exception {
        add("phone", "가족 \"사진\" \\ é.jpg", "sound", true, false);
        var page = get("/api/receipts/" + source("phone").get("id").asString()).json();
        var key = get("/api/receipts/key").json();
        var der = Base64.getMimeDecoder().decode(key.get("publicKey").asString().replaceAll("-----[A-Z ]+-----", ""));
        var verifying = Signature.getInstance(key.get("algorithm").asString());
        verifying.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        verifying.update(canonical(page.get("statement")));

        assertThat(verifying.verify(Base64.getDecoder().decode(page.get("signature").asString()))).isTrue();
        assertThat(page.get("keyId").asString()).isEqualTo(key.get("keyId").asString());

        verifying.update(new String(canonical(page.get("statement")), StandardCharsets.UTF_8).replace("\"copies\":1", "\"copies\":2").getBytes(StandardCharsets.UTF_8));
        assertThat(verifying.verify(Base64.getDecoder().decode(page.get("signature").asString()))).as("of a statement that was changed").isFalse();
    }

    @Test
    void andWithOpenssl() throws Exception {
        assumeThat(run("openssl", "version")).as("openssl").isZero();
        add("phone", "a.jpg", "sound", true, false);
        var page = get("/api/receipts/" + source("phone").get("id").asString()).json();
        var key = Files.writeString(folder.resolve("key.pem"), get("/api/receipts/key").json().get("publicKey").asString());
        var statement = Files.write(folder.resolve("statement"), canonical(page.get("statement")));
        var signature = Files.write(folder.resolve("signature"), Base64.getDecoder().decode(page.get("signature").asString()));
        var command = new String[] {"openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key.toString(), "-rawin", "-in", statement.toString(), "-sigfile", signature.toString()};
        assertThat(run(command)).isZero();
        Files.writeString(statement, Files.readString(statement).replace("a.jpg", "b.jpg"));
        assertThat(run(command)).isNotZero();
    }

    @Test
    void pagesFollowOneAnother() {
        for (int i = 0; i < 5; i++) {
            add("phone", i + ".jpg", "sound", true, false);
        }
        var names = new ArrayList<String>();
        var id = source("phone").get("id").asString();
        for (String cursor = ""; cursor != null; ) {
            var page = get("/api/receipts/" + id + "?limit=2" + cursor).json();
            page.get("statement").get("originals").forEach(each -> names.add(each.get("name").asString()));
            cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asString();
        }
        assertThat(names).containsExactly("0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg");
        assertThat(get("/api/receipts/" + id + "?cursor=x").code()).isEqualTo("bad-cursor");
    }

    @Test
    void nobodyElseGetsOne() {
        add("phone", "a.jpg", "sound", true, false);
        var id = source("phone").get("id").asString();
        assertThat(send("GET", "/api/receipts", null, "Authorization", stranger).json().get("sources").size()).isZero();
        assertThat(send("GET", "/api/receipts/" + id, null, "Authorization", stranger).status()).isEqualTo(404);
        assertThat(send("GET", "/api/receipts/" + id, null).status()).isEqualTo(401);
        for (var hostile : List.of("%00", "AA", "..", "none", "x".repeat(3000))) {
            assertThat(get("/api/receipts/" + hostile).status()).as(hostile).isIn(400, 404);
        }
    }

    @Test
    void theOwnerSeesTheMarkAndTheList() {
        add("phone", "good.jpg", "sound", true, false);
        add("phone", "new.jpg", "sound", false, false);
        add("phone", "bad.jpg", "altered", true, false);
        add("phone", "gone.jpg", "missing", true, true);

        var marks = get("/api/pictures").json().get("pictures").valueStream()
                .map(each -> each.get("fileName").asString() + " " + each.get("detail").get("original").asString()).toList();
        assertThat(marks).containsExactlyInAnyOrder("good.jpg sound", "new.jpg unchecked", "bad.jpg altered");
        var names = new ArrayList<String>();
        for (String cursor = ""; cursor != null; ) {
            var page = get("/api/pictures/damaged?limit=1" + cursor).json();
            page.get("pictures").forEach(each -> names.add(each.get("fileName").asString()));
            cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asString();
        }
        assertThat(names).containsExactlyInAnyOrder("bad.jpg", "gone.jpg");
        assertThat(send("GET", "/api/pictures/damaged", null, "Authorization", stranger).json().get("pictures").size()).isZero();
        assertThat(get("/api/pictures/damaged?cursor=x").code()).isEqualTo("bad-cursor");
    }

    @Test
    void theKeyStaysAndIsTheServersAlone() throws Exception {
        var first = get("/api/receipts/key").json();
        var file = settings.secrets().resolve("receipt-key.pem");
        assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
        assertThat(new ReceiptKey(settings).publicPart().keyId()).as("another process").isEqualTo(first.get("keyId").asString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
