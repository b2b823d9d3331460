package picup.library.label;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.storage.Digest;

/// What labels say: the rows themselves, as PostgreSQL writes them as JSON. So a column that a later Picup adds is in the label without
/// anybody thinking of it, and [RecoverRows] puts back what it knows of. The words of a picture and its town are made of the rest.
@Component
class LabelRows {
    private static final int PAGE = 1000;

    private final JdbcClient sql;

    LabelRows(JdbcClient sql) {
        this.sql = sql;
    }

    /// By digest; those that nobody holds are left out.
    Map<Digest, String> labels(Collection<Digest> digests) {
        var labels = new LinkedHashMap<Digest, String>();
        sql.sql("""
                SELECT o.digest, jsonb_pretty(jsonb_build_object(
                    'format', 1, 'sha256', encode(o.digest, 'hex'), 'size_bytes', max(o.size_bytes),
                    'holders', jsonb_agg(jsonb_build_object(
                        'owner', o.owner_id, 'username', s.username,
                        'original', to_jsonb(o) - '{owner_id,digest}'::text[],
                        'picture', (SELECT to_jsonb(p) - '{owner_id,digest,place_id,words,words_due}'::text[] FROM storage.picture p WHERE p.owner_id = o.owner_id AND p.digest = o.digest),
                        'albums', (SELECT coalesce(jsonb_agg(to_jsonb(i) - '{owner_id,picture_id}'::text[] ORDER BY i.album_id), '[]')
                                   FROM storage.picture p JOIN storage.album_picture i ON i.owner_id = p.owner_id AND i.picture_id = p.id
                                   WHERE p.owner_id = o.owner_id AND p.digest = o.digest),
                        'sidecars', (SELECT coalesce(jsonb_agg(to_jsonb(c) - '{owner_id,digest}'::text[] ORDER BY c.id), '[]')
                                     FROM storage.sidecar c WHERE c.owner_id = o.owner_id AND c.digest = o.digest)) ORDER BY o.owner_id)))
                FROM storage.original o LEFT JOIN storage.space s ON s.owner_id = o.owner_id
                WHERE o.digest = ANY (:digests) GROUP BY o.digest
                """)
                .param("digests", digests.stream().map(Digest::bytes).toArray(byte[][]::new))
                .query(row -> {
                    labels.put(new Digest(row.getBytes(1)), row.getString(2));
                });
        return labels;
    }

    /// Not who has left: of them nothing stays but the tombstone.
    boolean isMember(MemberId member) {
        return sql.sql("SELECT EXISTS (SELECT FROM storage.space WHERE owner_id = :owner AND standing <> 'closed')")
                .param("owner", member.value()).query(Boolean.class).single();
    }

    /// A line of JSON for the space, one for each album and each text in one, and one for each deletion for good, which may be a million.
    void writeMember(MemberId member, Appendable out) throws IOException {
        out.append(sql.sql("SELECT jsonb_build_object('format', 1, 'owner', owner_id, 'space', to_jsonb(s) - 'owner_id')::text FROM storage.space s WHERE owner_id = :owner")
                .param("owner", member.value()).query(String.class).single()).append('\n');
        writePages(member, out, "SELECT id AS key, jsonb_build_object('album', to_jsonb(t) - 'owner_id')::text AS line FROM storage.album t"
                + " WHERE owner_id = :owner AND id > CAST(:after AS uuid)", "00000000-0000-0000-0000-000000000000");
        writePages(member, out, "SELECT id AS key, jsonb_build_object('album_text', to_jsonb(t) - 'owner_id')::text AS line FROM storage.album_text t"
                + " WHERE owner_id = :owner AND id > CAST(:after AS uuid)", "00000000-0000-0000-0000-000000000000");
        writePages(member, out, "SELECT digest AS key, jsonb_build_object('deleted_for_good', to_jsonb(t) - 'owner_id')::text AS line FROM storage.deleted_for_good t"
                + " WHERE owner_id = :owner AND digest > CAST(:after AS bytea)", "\\x");
    }

    private record Line(String key, String line) {}

    private void writePages(MemberId member, Appendable out, String select, String first) throws IOException {
        List<Line> page;
        var after = first;
        do {
            page = sql.sql("SELECT key::text, line FROM (" + select + " ORDER BY key LIMIT :limit) AS page ORDER BY page.key")
                    .param("owner", member.value()).param("after", after).param("limit", PAGE)
                    .query((row, _) -> new Line(row.getString(1), row.getString(2))).list();
            for (var each : page) {
                out.append(each.line()).append('\n');
                after = each.key();
            }
        } while (page.size() == PAGE);
    }
}
