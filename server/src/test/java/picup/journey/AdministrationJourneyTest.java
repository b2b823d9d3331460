package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AdministrationJourneyTest {
    private final Person administrator = Product.newAdministrator();
    private final Person member = Product.newPerson();
    private final String id = member.get("/api/members/me").json().get("id").asString();

    @Test
    void aQuotaHoldsFromTheNextUploadOn() throws Exception {
        member.show("first.jpg", Samples.photo());
        long used = space().get("usedBytes").asLong();

        var set = administrator.put("/api/admin/spaces/" + id, Map.of("quotaBytes", used));

        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(space().get("quotaBytes").asLong()).isEqualTo(used);
        assertThat(member.upload("second.jpg", Samples.photo(300, 200)).code()).isEqualTo("over-quota");
        administrator.put("/api/admin/spaces/" + id, Map.of("quotaBytes", 1_000_000_000));
        assertThat(member.upload("second.jpg", Samples.photo(300, 200)).status()).isEqualTo(201);
        var told = administrator.get("/api/admin/storage/audit").json().get("entries").valueStream()
                .filter(entry -> entry.get("subject").asString().equals(id)).toList();
        assertThat(told).extracting(entry -> entry.get("action").asString() + " " + entry.get("detail").asString())
                .containsExactly("quota-set 1000000000", "quota-set " + used);
    }

    @Test
    void aQuotaIsANumberThatMakesSenseOfAMemberWhoIsThere() {
        member.get("/api/space");
        for (long bytes : new long[] {-1, Long.MAX_VALUE}) {
            assertThat(administrator.put("/api/admin/spaces/" + id, Map.of("quotaBytes", bytes)).code()).isEqualTo("bad-value");
        }
        assertThat(administrator.put("/api/admin/spaces/" + id, Map.of()).code()).isEqualTo("bad-value");
        assertThat(administrator.put("/api/admin/spaces/" + UUID.randomUUID(), Map.of("quotaBytes", 1)).code()).isEqualTo("not-found");
    }

    @Test
    void spacesAreListedTheFullestFirst() throws Exception {
        member.show("mine.jpg", Samples.photo());
        var seen = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = administrator.get("/api/admin/spaces?limit=2" + cursor).json();
            page.get("spaces").forEach(seen::add);
            cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());

        assertThat(seen).extracting(space -> space.get("member").asString()).doesNotHaveDuplicates().contains(id);
        assertThat(seen).extracting(space -> -space.get("usedBytes").asLong()).isSorted();
        var mine = administrator.get("/api/admin/spaces?ids=" + id).json().get("spaces");
        assertThat(mine).hasSize(1);
        assertThat(mine.get(0).get("usedBytes").asLong()).isEqualTo(space().get("usedBytes").asLong());
        assertThat(administrator.get("/api/admin/spaces?cursor=MSAx").code()).isEqualTo("bad-cursor");
    }

    @Test
    void theStorageInUseIsMeasured() throws Exception {
        member.show("mine.jpg", Samples.photo());

        var usage = administrator.get("/api/admin/storage").json();

        for (var field : new String[] {"originals", "originalBytes", "renditionBytes", "databaseBytes", "freeBytes"}) {
            assertThat(usage.get(field).asLong()).as(field).isPositive();
        }
        assertThat(usage.get("freeBytes").asLong()).isLessThan(usage.get("diskBytes").asLong());
    }

    private JsonNode space() {
        return member.get("/api/space").json();
    }
}
