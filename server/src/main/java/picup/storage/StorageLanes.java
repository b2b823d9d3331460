package picup.storage;

import picup.platform.jobs.Lane;

/// Where the jobs of the storage side wait.
public final class StorageLanes {
    /// Renditions and removals. As many threads as there are decoders on two cores, and two for what needs none.
    public static final Lane SHORT = new Lane("storage", "job", 4);

    /// Making videos playable: one at a time, so that a core is left for everything else.
    public static final Lane LONG = new Lane("storage", "long_job", 1);

    private StorageLanes() {}
}
