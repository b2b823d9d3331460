package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static picup.journey.InstanceClients.sha256;
import static picup.journey.Person.require;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Uploads in pieces: what is taken, from whom, and how much of it.
class TusAdmissionJourneyTest extends TusJourney {
    @Test
    void anotherMembersUploadIsNotThere() {
        var upload = tus.begin(photo.length);
        var other = new TusClient(Product.newPerson());
        assertThat(other.head(upload).status()).isEqualTo(404);
        assertThat(other.patch(upload, 0, photo).status()).isEqualTo(404);
        assertThat(other.delete(upload).status()).isEqualTo(404);
        assertThat(other.person().get(upload).status()).isEqualTo(404);
        assertThat(other.send("POST", "/api/uploads", BodyPublishers.noBody(), "Upload-Concat", "final;" + upload).status()).isEqualTo(404);
        assertThat(tus.offset(upload)).isZero();
    }

    @Test
    void anUploadThatNobodyWantsGivesItsSpaceBack() {
        var upload = tus.begin(photo.length);
        require(204, tus.patch(upload, 0, from(0, half)));
        assertThat(part(upload)).exists();
        require(204, tus.delete(upload));
        assertThat(tus.head(upload).status()).isEqualTo(404);
        assertThat(part(upload)).doesNotExist();
        assertThat(reserved()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename", "filename %%%", "filename YQ== YQ==", "filename YQ==,filename YQ==", "filename YQ==,", ",", "filename /w==", "sha256 YQ==", "takenAt YQ=="})
    void strangeMetadataIsRefusedOrHarmless(String header) {
        var created = tus.create(photo.length, "Upload-Metadata", header);
        assertThat(created.status()).as(created.toString()).isEqualTo(header.equals("filename") ? 201 : 400);
    }

    @Test
    void whatWouldBeRefusedAtTheEndIsRefusedAtTheBeginning() {
        assertThat(tus.create(1L << 50).code()).isEqualTo("too-large");
        assertThat(tus.create(0).code()).isEqualTo("not-a-picture");
        assertThat(tus.send("POST", "/api/uploads", BodyPublishers.noBody()).code()).isEqualTo("bad-value");
        var picture = require(201, person.upload("a.jpg", photo)).json().get("id").asString();
        require(200, person.post("/api/trash", Map.of("ids", List.of(picture))));
        require(200, person.delete("/api/trash"));
        var again = Map.of("sha256", sha256(photo));
        assertThat(tus.create(photo.length, "Upload-Metadata", TusClient.metadata(again)).code()).isEqualTo("deleted-before");
        var upload = tus.begin(photo.length);
        assertThat(tus.rest(upload, photo).code()).isEqualTo("deleted-before");
        assertThat(tus.head(upload).status()).isEqualTo(410);
        assertThat(person.get(upload).json().get("problem").get("code").asString()).isEqualTo("deleted-before");
        isThePhoto(tus.rest(tus.begin(photo.length, "Upload-Metadata", TusClient.metadata(Map.of("force", "true"))), photo));
        assertThat(reserved()).isZero();
    }

    @Test
    void spaceIsReservedAndNobodyReservesMoreThanThereIs() {
        var member = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        tus.delete(tus.begin(10)); // opens the space
        Product.part(JdbcClient.class).sql("UPDATE storage.space SET quota_bytes = 1000000 WHERE owner_id = ?").param(member).update();
        var upload = tus.begin(600_000);
        var over = tus.create(600_000);
        assertThat(over.code()).isEqualTo("over-quota");
        assertThat(over.json().get("missingBytes").asLong()).isEqualTo(200_000);
        assertThat(person.upload("a.jpg", Arrays.copyOf(photo, 500_000)).code()).isEqualTo("over-quota");
        require(204, tus.delete(upload));
        require(201, tus.create(600_000));
    }

    @Test
    void theFirstBytesDecideAndEndWhatIsNoPicture() {
        var upload = tus.begin(1_000_000);
        require(204, tus.patch(upload, 0, new byte[1000]));
        var refused = tus.patch(upload, 1000, new byte[99_000]);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(415);
        assertThat(refused.code()).isEqualTo("not-a-picture");
        assertThat(tus.head(upload).status()).isEqualTo(410);
        assertThat(tus.patch(upload, 1000, new byte[10]).status()).isEqualTo(410);
        assertThat(part(upload)).doesNotExist();
        assertThat(reserved()).isZero();
    }

    @Test
    void whatIsNotWhatWasAnnouncedIsRefused() {
        var upload = tus.begin(photo.length, "Upload-Metadata", TusClient.metadata(Map.of("sha256", "0".repeat(64))));
        var refused = tus.rest(upload, photo);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("digest-mismatch");
        assertThat(person.get(upload).json().get("state").asString()).isEqualTo("refused");
        assertThat(reserved()).isZero();
        assertThat(used()).isZero();
    }

    @Test
    void theSameFileTwiceIsChargedOnce() {
        isThePhoto(tus.rest(tus.begin(photo.length), photo));
        var again = tus.rest(tus.begin(photo.length), photo);
        assertThat(again.header("Picup-Outcome")).isEqualTo("already-there");
        assertThat(used()).isEqualTo(photo.length);
        assertThat(reserved()).isZero();
        require(200, person.post("/api/trash", Map.of("ids", List.of(again.header("Picup-Picture")))));
        assertThat(tus.rest(tus.begin(photo.length), photo).header("Picup-Trashed")).isEqualTo("true");
    }

    @Test
    void aSidecarIsOneInPiecesToo() {
        var xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var done = tus.rest(tus.begin(xmp.length, "Upload-Metadata", TusClient.metadata(Map.of("filename", "a.jpg.xmp"))), xmp);
        assertThat(done.header("Picup-Outcome")).as(done.toString()).isEqualTo("sidecar");
        assertThat(reserved()).isZero();
        assertThat(used()).isEqualTo(xmp.length);
    }

    @Test
    void theFirstBytesMayComeWithTheCreation() {
        var created = tus.send("POST", "/api/uploads", BodyPublishers.ofByteArray(from(0, half)), "Upload-Length", "" + photo.length, "Content-Type", "application/offset+octet-stream");
        assertThat(created.header("Upload-Offset")).isEqualTo("" + half);
        isThePhoto(tus.rest(TusClient.location(created), photo));
        var whole = Samples.photo();
        var once = require(201, tus.send("POST", "/api/uploads", BodyPublishers.ofByteArray(whole), "Upload-Length", "" + whole.length, "Content-Type", "application/offset+octet-stream"));
        assertThat(once.header("Picup-Outcome")).isEqualTo("added");
    }

    @Test
    void theLengthMayComeLater() {
        var upload = TusClient.location(require(201, tus.send("POST", "/api/uploads", BodyPublishers.noBody(), "Upload-Defer-Length", "1")));
        assertThat(tus.head(upload).header("Upload-Defer-Length")).isEqualTo("1");
        require(204, tus.patch(upload, 0, from(0, half)));
        assertThat(reserved()).isEqualTo(half);
        assertThat(tus.patch(upload, half, from(half, photo.length), "Upload-Length", "" + (half - 1)).status()).isEqualTo(400);
        isThePhoto(tus.patch(upload, half, from(half, photo.length), "Upload-Length", "" + photo.length));
        assertThat(reserved()).isZero();
        assertThat(used()).isEqualTo(photo.length);
    }

    @Test
    void piecesSideBySideAreJoined() {
        var first = tus.begin(half, "Upload-Concat", "partial");
        var second = tus.begin(photo.length - half, "Upload-Concat", "partial");
        assertThat(tus.head(first).header("Upload-Concat")).isEqualTo("partial");
        require(204, tus.patch(second, 0, from(half, photo.length)));
        var both = "final;" + first + " " + person.address() + second;
        assertThat(join(both).code()).isEqualTo("conflict");
        require(204, tus.patch(first, 0, from(0, half)));
        assertThat(join("final;" + first + " " + first).status()).isEqualTo(400);
        assertThat(join("final;http://elsewhere").status()).isEqualTo(400);
        var joined = require(201, join(both));
        assertThat(joined.header("Picup-Outcome")).isEqualTo("added");
        assertThat(person.get("/api/pictures/" + joined.header("Picup-Picture") + "/original").body()).isEqualTo(photo);
        assertThat(reserved()).isZero();
        assertThat(used()).isEqualTo(photo.length);
        assertThat(part(first)).doesNotExist();

        // whose client did not hear the answer
        assertThat(tus.offset(first)).isEqualTo(half);
        var again = require(201, join(both));
        assertThat(again.header("Location")).isEqualTo(joined.header("Location"));
        assertThat(again.header("Picup-Picture")).isEqualTo(joined.header("Picup-Picture"));
        assertThat(tus.head(TusClient.location(joined)).header("Upload-Concat")).startsWith("final;");
        assertThat(tus.patch(TusClient.location(joined), photo.length, new byte[0]).status()).isEqualTo(403);
    }

    private Person.Answer join(String concat) {
        return tus.send("POST", "/api/uploads", BodyPublishers.noBody(), "Upload-Concat", concat);
    }

    @Test
    void whereOnlyPostGetsThroughItSaysWhatItMeans() {
        var upload = tus.begin(photo.length);
        var sent = tus.send("POST", upload, BodyPublishers.ofByteArray(from(0, half)), "X-HTTP-Method-Override", "PATCH", "Upload-Offset", "0", "Content-Type", "application/offset+octet-stream");
        assertThat(sent.status()).isEqualTo(204);
        assertThat(tus.send("POST", upload, BodyPublishers.noBody()).status()).isEqualTo(405);
        assertThat(tus.send("POST", upload, BodyPublishers.noBody(), "X-HTTP-Method-Override", "DELETE").status()).isEqualTo(204);
        assertThat(tus.head(upload).status()).isEqualTo(404);
    }

    @Test
    void aKeyThatMaySendMayResumeAndNoOther() {
        var upload = tus.begin(photo.length);
        var sending = new TusClient(new Person(person.address(), key("pictures:write")));
        require(204, sending.patch(upload, 0, from(0, half)));
        assertThat(sending.offset(upload)).isEqualTo(half);
        var reading = new TusClient(new Person(person.address(), key("pictures:read")));
        assertThat(reading.patch(upload, half, from(half, photo.length)).status()).isEqualTo(403);
        assertThat(reading.head(upload).status()).isEqualTo(403);
    }

    private String key(String scope) {
        return person.post("/api/auth/api-keys", Map.of("name", scope, "scopes", List.of(scope))).json().get("secret").asString();
    }

    @Test
    void aPageOfAnotherSiteMayNotSend() {
        var upload = tus.begin(photo.length);
        var cookie = "picup_access=" + person.token();
        var theirs = tus.patch(upload, 0, photo, "Authorization", "-", "Cookie", cookie, "Sec-Fetch-Site", "cross-site");
        assertThat(theirs.code()).isEqualTo("cross-site");
        require(204, tus.patch(upload, 0, from(0, half), "Authorization", "-", "Cookie", cookie, "Sec-Fetch-Site", "same-origin"));
    }

    @Test
    void oneMemberHasSoManyOpenUploadsAndNoMore() {
        var some = tus.begin(1000);
        var member = UUID.fromString(person.get("/api/members/me").json().get("id").asString());
        Product.part(JdbcClient.class).sql("""
                INSERT INTO storage.upload (owner_id, id, state, size_bytes, reserved_bytes, metadata, partial, expires_at)
                SELECT ?, gen_random_uuid(), 'receiving', 1, 0, '', false, now() + interval '1 day' FROM generate_series(1, 255)
                """).param(member).update();
        assertThat(tus.create(1000).code()).isEqualTo("too-many-uploads");
        assertThat(person.get("/api/uploads").json().get("uploads").size()).isEqualTo(100);
        require(204, tus.delete(some));
        require(201, tus.create(1000));
    }

    @Test
    void aClientAsksWhatNeedsNoUploadAndLearnsNothingOfOthers() {
        var trashed = Samples.photo();
        var gone = Samples.photo();
        var theirs = Samples.photo();
        require(201, Product.newPerson().upload("theirs.jpg", theirs));
        var id = require(201, person.upload("a.jpg", photo)).json().get("id").asString();
        require(200, person.post("/api/trash", Map.of("ids", List.of(require(201, person.upload("c.jpg", gone)).json().get("id").asString()))));
        require(200, person.delete("/api/trash"));
        require(200, person.post("/api/trash", Map.of("ids", List.of(require(201, person.upload("b.jpg", trashed)).json().get("id").asString()))));
        var answer = require(200, person.post("/api/pictures/check", Map.of("sha256", List.of(sha256(photo), sha256(trashed), sha256(gone), sha256(theirs))))).json();
        assertThat(answer.get("known").size()).isEqualTo(2);
        answer.get("known").forEach(known -> assertThat(known.get("trashed").asBoolean()).isEqualTo(!known.get("sha256").asString().equals(sha256(photo))));
        assertThat(answer.get("known").toString()).contains(id);
        assertThat(answer.get("deletedForGood").toString()).isEqualTo("[\"" + sha256(gone) + "\"]");
        assertThat(person.post("/api/pictures/check", Map.of("sha256", java.util.Collections.nCopies(1001, sha256(photo)))).code()).isEqualTo("bad-value");
        assertThat(person.post("/api/pictures/check", Map.of("sha256", List.of("x"))).code()).isEqualTo("bad-value");
        assertThat(person.post("/api/pictures/check", Map.of()).code()).isEqualTo("bad-value");
    }
}
