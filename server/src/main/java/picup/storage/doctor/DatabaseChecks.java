package picup.storage.doctor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Of what the database knows.
final class DatabaseChecks {
    private static final List<String> SCHEMAS = List.of("member", "storage");
    private static final List<String> LANES = List.of("member.outbox", "storage.job", "storage.long_job", "storage.care_job", "storage.backup_job");
    private static final Pattern MIGRATION = Pattern.compile("V([0-9_]+)__.*");
    private static final Duration LATE = Duration.ofHours(1);
    private static final Duration APART = Duration.ofMinutes(1);
    private static final Duration OLD_BACKUP = Duration.ofDays(8);

    private final JdbcClient sql;

    DatabaseChecks(JdbcClient sql) {
        this.sql = sql;
    }

    List<Finding> all() throws IOException {
        var found = new ArrayList<Finding>();
        found.add(schema());
        found.add(clock());
        found.add(jobs());
        found.add(deadLetters());
        found.add(damaged());
        found.add(accounting());
        found.add(backup());
        return found;
    }

    private Finding schema() throws IOException {
        for (var schema : SCHEMAS) {
            if (!exists(schema + ".flyway_schema_history")) {
                continue; // a database of one role only
            }
            var here = new TreeSet<>(sql.sql("SELECT version FROM " + schema + ".flyway_schema_history WHERE success AND version IS NOT NULL").query(String.class).list());
            var known = new TreeSet<String>();
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath:db/" + schema + "/V*.sql")) {
                var name = MIGRATION.matcher(String.valueOf(file.getFilename()));
                if (name.matches()) {
                    known.add(name.group(1).replace('_', '.'));
                }
            }
            if (!known.containsAll(here)) {
                here.removeAll(known);
                return Finding.bad("database", "A newer Picup has changed the schema " + schema + " (" + String.join(", ", here) + ").", "Use that release or a later one.");
            }
            if (!here.containsAll(known)) {
                known.removeAll(here);
                return Finding.look("database", "This Picup has not brought the schema %s up to date yet (%s).".formatted(schema, String.join(", ", known)), "Start it once.");
            }
        }
        return Finding.good("database", "PostgreSQL %s answers, and its schemas are those of this Picup.".formatted(sql.sql("SHOW server_version").query(String.class).single()));
    }

    private boolean exists(String table) {
        return sql.sql("SELECT to_regclass(:table) IS NOT NULL").param("table", table).query(Boolean.class).single();
    }

    private Finding clock() {
        var apart = Duration.between(sql.sql("SELECT now()").query(OffsetDateTime.class).single().toInstant(), Instant.now()).abs();
        if (apart.compareTo(APART) > 0) {
            return Finding.bad("clock", "The clocks of this machine and of the database are %,d seconds apart. Sessions and jobs go wrong.".formatted(apart.toSeconds()), "Switch on NTP on both.");
        }
        var latest = sql.sql("SELECT max(kept_at) FROM storage.original").query((row, _) -> row.getObject(1, OffsetDateTime.class)).optional().orElse(null);
        if (latest != null && latest.toInstant().isAfter(Instant.now().plus(APART))) {
            return Finding.bad("clock", "Pictures were added at a time that is still to come (%s), so the clock has been set back.".formatted(latest), "Set the clock, and switch on NTP.");
        }
        return Finding.good("clock", "The clock agrees with the database.");
    }

    private Finding jobs() {
        var late = new ArrayList<String>();
        long waiting = 0;
        for (var lane : LANES) {
            if (exists(lane)) {
                waiting += sql.sql("SELECT count(*) FROM " + lane).query(Long.class).single();
                long seconds = sql.sql("SELECT coalesce(extract(epoch FROM now() - min(execution_time)), 0)::bigint FROM " + lane + " WHERE NOT picked").query(Long.class).single();
                if (seconds > LATE.toSeconds()) {
                    late.add("%s for %,d minutes".formatted(lane, seconds / 60));
                }
            }
        }
        return late.isEmpty() ? Finding.good("jobs", "%,d jobs wait or are on the calendar, and none is late.".formatted(waiting))
                : Finding.look("jobs", "Jobs that are due wait in " + String.join(", ", late) + ".", "If Picup runs, look into the log for what it does instead; if not, start it.");
    }

    private Finding deadLetters() {
        var kinds = new ArrayList<String>();
        for (var schema : SCHEMAS) {
            if (exists(schema + ".dead_letter")) {
                kinds.addAll(sql.sql("SELECT count(*) || ' × ' || kind FROM %s.dead_letter GROUP BY kind ORDER BY kind".formatted(schema)).query(String.class).list());
            }
        }
        return kinds.isEmpty() ? Finding.good("failed work", "None.")
                : Finding.look("failed work", "Given up: " + String.join(", ", kinds) + ".", "An administrator sees why in the web app (Administration, Work), and can have it tried again.");
    }

    private Finding damaged() {
        if (!exists("storage.care_job")) {
            return Finding.look("scrub", "This database is of a Picup that did not read originals back.", "Start this one once.");
        }
        record Known(long all, long damaged, long never) {}
        var known = sql.sql("SELECT count(*), count(*) FILTER (WHERE state <> 'sound'), count(*) FILTER (WHERE state = 'sound' AND checked_at IS NULL) FROM storage.blob")
                .query((row, _) -> new Known(row.getLong(1), row.getLong(2), row.getLong(3))).single();
        if (known.damaged > 0) {
            return Finding.bad("scrub", "%,d of %,d originals are missing or altered.".formatted(known.damaged, known.all),
                    "Administrators see which and whose. Configure or mount the second store (picup.storage.copy-folder), restore them from a backup, or let their owners upload them again.");
        }
        return Finding.good("scrub", "No original is known to be damaged; %,d of %,d have been read back.".formatted(known.all - known.never, known.all));
    }

    private Finding accounting() {
        if (!exists("storage.upload")) {
            return Finding.look("accounting", "This database is of an older Picup.", "Start this one once.");
        }
        record Drift(long spaces, long bytes) {}
        var drift = sql.sql("""
                SELECT count(*), coalesce(sum(abs(used_bytes - originals) + abs(reserved_bytes - uploads)), 0)::bigint FROM (
                    SELECT s.used_bytes, s.reserved_bytes, coalesce(o.bytes, 0) AS originals, coalesce(u.bytes, 0) AS uploads FROM storage.space s
                    LEFT JOIN (SELECT owner_id, sum(size_bytes) AS bytes FROM storage.original GROUP BY owner_id) o USING (owner_id)
                    LEFT JOIN (SELECT owner_id, sum(reserved_bytes) AS bytes FROM storage.upload WHERE state IN ('receiving', 'received') GROUP BY owner_id) u USING (owner_id))
                WHERE used_bytes <> originals OR reserved_bytes <> uploads
                """).query((row, _) -> new Drift(row.getLong(1), row.getLong(2))).single();
        return drift.spaces == 0 ? Finding.good("accounting", "Every space is charged for exactly what it holds and what is on its way.")
                : Finding.bad("accounting", "%,d spaces are charged wrongly, by %,d bytes together.".formatted(drift.spaces, drift.bytes),
                        "The daily reconcile of a running Picup puts that right; tell its makers how it came about.");
    }

    private Finding backup() {
        if (!exists("storage.backup")) {
            return Finding.look("backup", "No backup is known.", "Copy the data folder while Picup is stopped.");
        }
        var last = sql.sql("SELECT max(ended_at) FROM storage.backup WHERE failure IS NULL").query((row, _) -> row.getObject(1, OffsetDateTime.class)).optional().orElse(null);
        if (last == null) {
            return Finding.look("backup", "There is no backup.", "./picup backup DIR makes one, on another disk; picup.backup.folder makes one each night.");
        }
        return last.toInstant().isBefore(Instant.now().minus(OLD_BACKUP)) ? Finding.look("backup", "The last one is of " + last + ".", "./picup backup DIR makes a new one.")
                : Finding.good("backup", "The last one is of " + last + ".");
    }
}
