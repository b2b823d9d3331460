package picup.platform.jobs;

import picup.platform.Role;

/// A queue of jobs with its own table and its own threads, so that long work never stands before short work.
/// The module that owns the schema declares the bean and the table.
///
/// @param schema  whose tables `<schema>.<name>` (jobs) and `<schema>.dead_letter` are used
/// @param name    of the table; also the name of the threads
/// @param threads how many jobs of this lane run at once in one process
public record Lane(String schema, String name, int threads) {
    public Lane {
        if (!schema.matches("[a-z_]+") || !name.matches("[a-z_]+")) {
            throw new IllegalArgumentException("A lane is a table: lower case and underscores, but was " + schema + "." + name);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("A lane has 1 to 64 threads, but " + name + " has " + threads);
        }
    }

    /// The process that runs it: what members' news needs is done on their side, everything else by workers.
    Role runBy() {
        return schema.equals("member") ? Role.MEMBER : Role.WORKER;
    }

    String table() {
        return schema + "." + name;
    }
}
