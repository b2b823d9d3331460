package picup.library.label;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.MemberId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Puts back into an empty library what the labels say. Columns that this Picup does not know are left out; those that a label does not
/// know get their defaults.
///
/// Works on one connection, as what refers to other labels waits in temporary tables until [#join].
public final class RecoverRows {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient sql;
    private final Map<String, Set<String>> columns = new HashMap<>();
    private final Set<UUID> members = new HashSet<>();

    /// @param sql over one connection
    public RecoverRows(JdbcClient sql) {
        this.sql = sql;
        sql.sql("CREATE TEMPORARY TABLE recovered_part (owner_id uuid, id uuid, part_of uuid)").update();
        sql.sql("CREATE TEMPORARY TABLE recovered_album_picture (owner_id uuid, album_id uuid, picture_id uuid, rank bigint)").update();
        sql.sql("CREATE TEMPORARY TABLE recovered_nesting (owner_id uuid, id uuid, parent_id uuid)").update();
    }

    /// A label that does not say what a label says.
    public static final class Unreadable extends IOException {
        Unreadable(Path file, @Nullable Throwable cause) {
            super(file + " is no label", cause);
        }
    }

    /// @param username null where nobody had told it to this side
    public record Member(MemberId id, @Nullable String username, @Nullable String displayName, boolean suspended) {}

    /// Puts back the space, the albums and what was deleted for good. To be called before the labels of originals.
    public Member member(MemberId id, Path file) throws IOException {
        Member member = null;
        var albums = new HashSet<String>();
        try (var lines = Files.newBufferedReader(file)) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                var line = parsed(file, text);
                if (line.has("space")) {
                    member = space(id, line.get("space"));
                } else if (line.has("album")) {
                    albums.add(album(owned(file, line.get("album"), id), id));
                } else if (line.has("album_text")) {
                    var written = owned(file, line.get("album_text"), id);
                    if (albums.contains(written.path("album_id").asString(""))) { // one whose album was made while the file was written has another file since
                        insert("album_text", written);
                    }
                } else if (line.has("deleted_for_good")) {
                    insert("deleted_for_good", owned(file, line.get("deleted_for_good"), id));
                }
            }
        }
        if (member == null) {
            throw new Unreadable(file, null);
        }
        return member;
    }

    /// What it lies in may come later.
    private String album(ObjectNode album, MemberId owner) {
        var id = album.path("id").asString();
        var parent = album.path("parent_id").asString(null);
        album.remove("parent_id");
        insert("album", album);
        if (parent != null) {
            sql.sql("INSERT INTO recovered_nesting VALUES (:owner, :id, :parent)")
                    .param("owner", owner.value()).param("id", UUID.fromString(id)).param("parent", UUID.fromString(parent)).update();
        }
        return id;
    }

    /// The numbers of the news begin anew with the account, so whatever comes next is news. As is what is used, which [#join] adds up.
    private Member space(MemberId id, JsonNode space) {
        var standing = space.path("standing").asString("open");
        var username = space.path("username").asString(null);
        var displayName = space.path("display_name").asString(null);
        open(id, space.path("quota_bytes").asLong(0), standing, username, displayName);
        return new Member(id, username, displayName, standing.equals("suspended"));
    }

    private void open(MemberId id, long quotaBytes, String standing, @Nullable String username, @Nullable String displayName) {
        sql.sql("INSERT INTO storage.space (owner_id, used_bytes, quota_bytes, standing, username, display_name) VALUES (:owner, 0, :quota, :standing, :username, :name)")
                .param("owner", id.value()).param("quota", quotaBytes).param("standing", standing)
                .param("username", username, java.sql.Types.VARCHAR).param("name", displayName, java.sql.Types.VARCHAR).update();
        sql.sql("INSERT INTO storage.inbox (member_id, listener, sequence) VALUES (:owner, '*', 1)").param("owner", id.value()).update();
        members.add(id.value());
    }

    /// What one label put back.
    ///
    /// @param newcomers holders of whom there was no file: their space is open now, and as large as it must be
    public record Recovered(int pictures, int sidecars, List<Member> newcomers) {}

    /// @param missing the original is gone; its rows come back all the same, so that an upload of the same bytes heals it
    public Recovered original(LabelFiles.Found found, boolean missing) throws IOException {
        var file = java.util.Objects.requireNonNull(found.label());
        var label = parsed(file, Files.readString(file));
        if (!label.path("sha256").asString("").equals(found.digest().hex()) || !label.path("holders").isArray()) {
            throw new Unreadable(file, null);
        }
        int pictures = 0;
        int sidecars = 0;
        var newcomers = new java.util.ArrayList<Member>();
        for (var holder : label.get("holders")) {
            var owner = owner(file, holder);
            if (!members.contains(owner.value())) {
                var username = holder.path("username").asString(null);
                open(owner, Long.MAX_VALUE / 16, "open", username, username);
                newcomers.add(new Member(owner, username, username, false));
            }
            insert("original", held(file, holder.path("original"), owner, found));
            if (holder.path("picture").isObject()) {
                picture(held(file, holder.get("picture"), owner, found), holder.path("albums"), owner);
                pictures++;
            }
            for (var sidecar : holder.path("sidecars")) {
                insert("sidecar", held(file, sidecar, owner, found));
                sidecars++;
            }
        }
        if (missing) {
            sql.sql("UPDATE storage.blob SET state = 'missing' WHERE digest = :digest").param("digest", found.digest().bytes()).update();
        }
        return new Recovered(pictures, sidecars, newcomers);
    }

    /// Its cover may come later.
    private void picture(ObjectNode picture, JsonNode albums, MemberId owner) {
        var id = UUID.fromString(picture.path("id").asString());
        var partOf = picture.path("part_of").asString(null);
        picture.remove("part_of");
        insert("picture", picture);
        if (partOf != null) {
            sql.sql("INSERT INTO recovered_part VALUES (:owner, :id, :cover)")
                    .param("owner", owner.value()).param("id", id).param("cover", UUID.fromString(partOf)).update();
        }
        for (var place : albums) {
            sql.sql("INSERT INTO recovered_album_picture (owner_id, album_id, picture_id, rank) VALUES (:owner, :album, :id, :rank)")
                    .param("owner", owner.value()).param("album", UUID.fromString(place.path("album_id").asString())).param("id", id)
                    .param("rank", place.path("rank").asLong()).update();
        }
    }

    /// Puts parts into their items, albums into albums and pictures into their albums, and charges every space with the sum of its originals.
    ///
    /// @return how many places in albums there were whose album is gone
    public long join() {
        sql.sql("""
                UPDATE storage.picture p SET part_of = r.part_of FROM recovered_part r
                JOIN storage.picture cover ON cover.owner_id = r.owner_id AND cover.id = r.part_of
                WHERE p.owner_id = r.owner_id AND p.id = r.id
                """).update();
        sql.sql("""
                UPDATE storage.album a SET parent_id = r.parent_id FROM recovered_nesting r
                JOIN storage.album parent ON parent.owner_id = r.owner_id AND parent.id = r.parent_id
                WHERE a.owner_id = r.owner_id AND a.id = r.id
                """).update();
        int placed = sql.sql("""
                INSERT INTO storage.album_picture (owner_id, album_id, picture_id, rank)
                SELECT r.owner_id, r.album_id, r.picture_id, r.rank FROM recovered_album_picture r JOIN storage.album a ON a.owner_id = r.owner_id AND a.id = r.album_id
                """).update();
        sql.sql("""
                UPDATE storage.space s SET used_bytes = o.bytes
                FROM (SELECT owner_id, sum(size_bytes) AS bytes FROM storage.original GROUP BY owner_id) AS o WHERE o.owner_id = s.owner_id
                """).update();
        return sql.sql("SELECT count(*) FROM recovered_album_picture").query(Long.class).single() - placed;
    }

    private static JsonNode parsed(Path file, String text) throws Unreadable {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Unreadable(file, e);
        }
    }

    private static MemberId owner(Path file, JsonNode holder) throws Unreadable {
        try {
            return new MemberId(UUID.fromString(holder.path("owner").asString("")));
        } catch (IllegalArgumentException e) {
            throw new Unreadable(file, e);
        }
    }

    private static ObjectNode owned(Path file, JsonNode row, MemberId owner) throws Unreadable {
        if (!(row instanceof ObjectNode object)) {
            throw new Unreadable(file, null);
        }
        return object.put("owner_id", owner.value().toString());
    }

    private static ObjectNode held(Path file, JsonNode row, MemberId owner, LabelFiles.Found found) throws Unreadable {
        return owned(file, row, owner).put("digest", "\\x" + found.digest().hex());
    }

    /// Only the names of columns that the table has get into the statement.
    private void insert(String table, ObjectNode row) {
        var known = columns.computeIfAbsent(table, this::columnsOf);
        var given = String.join(", ", row.propertyNames().stream().filter(known::contains).toList());
        sql.sql("INSERT INTO storage.%1$s (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::storage.%1$s, CAST(:row AS jsonb))".formatted(table, given))
                .param("row", JSON.writeValueAsString(row)).update();
    }

    private Set<String> columnsOf(String table) {
        return Set.copyOf(sql.sql("SELECT column_name FROM information_schema.columns WHERE table_schema = 'storage' AND table_name = :table AND is_generated = 'NEVER'")
                .param("table", table).query(String.class).list());
    }
}
