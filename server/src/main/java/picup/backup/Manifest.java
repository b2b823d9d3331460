package picup.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a backup consists of. Written last: a backup without one is none.
///
/// @param format    of the folder; grows only by optional fields, so that older ones stay readable
/// @param id        of the row in `storage.backup` of the instance that was backed up
/// @param takenAt   the moment of the snapshot: everything committed before is in it, nothing after
/// @param versions  schema → its last migration
/// @param sequences with the last value of each
/// @param originals the list of the originals, which lie beside all backups
/// @param damaged   originals that were missing in the instance or not what their digest says, up to [#MOST_DAMAGED] of them
/// @param secrets   names of files without which sessions, second factors or encrypted originals are lost
record Manifest(int format, UUID id, Instant takenAt, Map<String, String> versions, List<Table> tables, Map<String, Long> sequences,
        Originals originals, List<String> damaged, List<String> secrets) {
    static final int FORMAT = 1;
    static final int MOST_DAMAGED = 10_000;

    /// @param file   below the backup; PostgreSQL's text format, compressed
    /// @param sha256 of that file
    record Table(String name, List<String> columns, long rows, String file, String sha256) {
        private static final Pattern NAME = Pattern.compile("(member|storage)\\.[a-z0-9_]{1,63}");
        private static final Pattern COLUMN = Pattern.compile("[a-z0-9_]{1,63}");

        /// The names become part of statements and paths.
        Table {
            if (!NAME.matcher(name).matches() || !columns.stream().allMatch(COLUMN.asMatchPredicate()) || !file.equals("tables/" + name + ".copy.gz")) {
                throw new IllegalArgumentException("The manifest names a table that is none of Picup's: " + name);
            }
        }
    }

    /// @param file a line for each: digest, tab, size in bytes; in the order of the digests
    record Originals(long count, long bytes, String file, String sha256) {
        static final String FILE = "originals.tsv.gz";
        static final Originals NONE = new Originals(0, 0, FILE, "");

        boolean isNone() {
            return sha256.isEmpty();
        }
    }

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern SEQUENCE = Pattern.compile("(member|storage)\\.[a-z0-9_]{1,63}");

    /// The names become part of statements and paths.
    Manifest {
        if (!secrets.stream().allMatch(SECRET.asMatchPredicate()) || !sequences.keySet().stream().allMatch(SEQUENCE.asMatchPredicate())) {
            throw new IllegalArgumentException("The manifest names what is none of Picup's: " + secrets + ", " + sequences.keySet());
        }
    }

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
