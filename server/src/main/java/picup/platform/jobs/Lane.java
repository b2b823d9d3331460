package picup.platform.jobs;

import picup.platform.Role;

/// A queue of jobs with its own table and its own threads, so that long work never stands before short work.
/// The module that owns the schema declares the bean and the table.
///
/// @param schema  whose tables `<schema>.<name>` (jobs) and `<schema>.dead_letter` are used
/// @param name    of the table; also the name of the threads
/// @param threads how many jobs of this lane run at once in one process
/// @param brief   whether its jobs take milliseconds. Then some are taken from the table ahead, which saves a query each; those
///                of a lane that is not brief would lie there while another process could run them
public record Lane(String schema, String name, int threads, boolean brief) {
    private static final double BRIEF_AHEAD = 2;

    /// Of jobs that may take long.
    public Lane(String schema, String name, int threads) {
        this(schema, name, threads, false);
    }

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

    /// How many jobs a process has taken at once, as a multiple of its threads.
    double ahead() {
        return brief ? BRIEF_AHEAD : 1;
    }

    String table() {
        return schema + "." + name;
    }
}
