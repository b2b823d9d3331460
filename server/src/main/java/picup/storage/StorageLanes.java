package picup.storage;

import picup.platform.jobs.Lane;

/// Where the jobs of the storage side wait.
public final class StorageLanes {
    /// Renditions and removals. As many threads as decoders can be busy, and two for what needs none. They only wait, for a
    /// decoder mostly: how many of these work is not decided here (`picup.worker.decoders`).
    public static final Lane SHORT = new Lane("storage", "job", Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 16) + 2);

    /// Making videos playable: one at a time in a process, so that a core is left for everything else.
    public static final Lane LONG = new Lane("storage", "long_job", 1);

    /// Reading originals back, and copying them. Two threads, so that a film of an hour does not keep the copy of a new picture waiting for
    /// ever; what they read together is bounded (`picup.storage.scrub-rate`).
    public static final Lane CARE = new Lane("storage", "care_job", 2);

    private StorageLanes() {}
}
