package picup.library.receipt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Digest;
import picup.storage.Health;
import picup.storage.HealthRecords;
import tools.jackson.databind.json.JsonMapper;

/// Says of each device or import what of it is safe here, and signs that. What lies in the trash is not safe, and not in it.
@Component
public class IssueReceipt {
    /// More sources than anybody has devices; those beyond have no receipt of their own.
    private static final int MOST_SOURCES = 1000;
    private static final String FORMAT = "picup-receipt-1";

    /// For the pictures of which nobody said where they come from.
    private static final String NOWHERE = "none";

    private final JdbcClient sql;
    private final HealthRecords health;
    private final ReceiptKey key;
    private final JsonMapper json;
    private final InstantSource clock;

    IssueReceipt(JdbcClient sql, HealthRecords health, ReceiptKey key, JsonMapper json, InstantSource clock) {
        this.sql = sql;
        this.health = health;
        this.key = key;
        this.json = json;
        this.clock = clock;
    }

    /// @param id            in the address of its receipt
    /// @param source        as whoever sent them called itself; null for those of which nobody said
    /// @param verified      how many of them were read back from their store and are good: so many can be deleted elsewhere
    /// @param bytes         of all of them
    /// @param lastCheckedAt when one of them was last read back
    public record ReceiptSource(String id, @Nullable String source, long pictures, long verified, long bytes, @Nullable Instant lastCheckedAt) {}

    public record ReceiptSources(List<ReceiptSource> sources) {}

    /// @param copies        in how many stores it was found to be good
    /// @param lastScrubbedAt when it was last read back
    /// @param name          of the file, as it was sent; empty for what lies in the locked folder
    /// @param verified      whether it was read back and is what the digest says. Only then may it be deleted elsewhere
    public record ReceiptOriginal(int copies, @Nullable Instant lastScrubbedAt, String name, String sha256, long sizeBytes, boolean verified) {}

    /// @param format    `picup-receipt-1`
    /// @param member    whose they are
    /// @param originals a page of them, in the order in which they came
    public record ReceiptStatement(String format, Instant issuedAt, UUID member, List<ReceiptOriginal> originals, @Nullable String source) {}

    /// @param signature Ed25519 of the statement's canonical JSON (members sorted by name, no spaces, UTF-8), in Base64
    /// @param next      cursor of the following page; null when this is the last
    public record ReceiptPage(ReceiptStatement statement, String signature, String keyId, @Nullable String next) {}

    private record Row(UUID id, Digest digest, String name, long sizeBytes) {}

    public ReceiptSources sources(MemberId owner) {
        return new ReceiptSources(sql.sql("""
                SELECT p.source, count(*) AS pictures, count(*) FILTER (WHERE b.state = 'sound' AND b.checked_at IS NOT NULL) AS verified,
                       sum(p.size_bytes)::bigint AS bytes, max(b.checked_at) AS checked_at
                FROM storage.picture p LEFT JOIN storage.blob b USING (digest)
                WHERE p.owner_id = :owner AND p.trashed_at IS NULL
                GROUP BY p.source ORDER BY p.source NULLS LAST LIMIT :most
                """)
                .param("owner", owner.value()).param("most", MOST_SOURCES)
                .query((row, _) -> {
                    var checked = row.getObject("checked_at", OffsetDateTime.class);
                    return new ReceiptSource(id(row.getString("source")), row.getString("source"), row.getLong("pictures"), row.getLong("verified"), row.getLong("bytes"),
                            checked == null ? null : checked.toInstant());
                }).list());
    }

    /// @param sourceId of [#sources], or the source itself where that can stand in an address
    /// @throws picup.platform.ProblemException `not-found` when nothing came from there
    public ReceiptPage page(MemberId owner, String sourceId, @Nullable String cursor, int limit) {
        var source = source(owner, sourceId);
        var rows = rows(owner, source, cursor == null ? new UUID(0, 0) : place(cursor), limit + 1);
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        var known = health.of(shown.stream().map(Row::digest).toList());
        var statement = new ReceiptStatement(FORMAT, clock.instant().truncatedTo(ChronoUnit.SECONDS), owner.value(),
                shown.stream().map(row -> original(row, Objects.requireNonNullElse(known.get(row.digest), Health.UNKNOWN))).toList(), source);
        var signed = key.sign(CanonicalJson.of(json, statement));
        return new ReceiptPage(statement, signed.signature(), signed.keyId(), more ? shown.getLast().id.toString() : null);
    }

    private static ReceiptOriginal original(Row row, Health health) {
        var checked = health.checkedAt();
        return new ReceiptOriginal(health.copies(), checked == null ? null : checked.truncatedTo(ChronoUnit.SECONDS), row.name, row.digest.hex(), row.sizeBytes, health.verified());
    }

    private @Nullable String source(MemberId owner, String id) {
        for (var source : id.equals(NOWHERE) ? new @Nullable String[] {null, NOWHERE} : new @Nullable String[] {decoded(id), id}) {
            if (!rows(owner, source, new UUID(0, 0), 1).isEmpty()) {
                return source;
            }
        }
        throw Problem.NOT_FOUND.because("None of your pictures came from there. Take the id from /api/receipts.");
    }

    private List<Row> rows(MemberId owner, @Nullable String source, UUID after, int limit) {
        var query = sql.sql("""
                SELECT id, digest, CASE WHEN locked THEN '' ELSE file_name END, size_bytes FROM storage.picture
                WHERE owner_id = :owner AND source %s AND trashed_at IS NULL AND id > :after ORDER BY id LIMIT :limit
                """.formatted(source == null ? "IS NULL" : "= :source"))
                .param("owner", owner.value()).param("after", after).param("limit", limit);
        return (source == null ? query : query.param("source", source))
                .query((row, _) -> new Row(row.getObject(1, UUID.class), new Digest(row.getBytes(2)), row.getString(3), row.getLong(4))).list();
    }

    private static UUID place(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
        }
    }

    /// A source may have anything in its name, and an address may not.
    private static String id(@Nullable String source) {
        return source == null ? NOWHERE : Base64.getUrlEncoder().withoutPadding().encodeToString(source.getBytes(StandardCharsets.UTF_8));
    }

    /// @return what is nobody's source when it is no id
    private static String decoded(String id) {
        try {
            return new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8).replace("\0", "");
        } catch (IllegalArgumentException e) {
            return id;
        }
    }
}
