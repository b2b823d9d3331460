-- What administrators order all workers to do: one row.
CREATE TABLE storage.decoding (
    one_row        boolean PRIMARY KEY DEFAULT true CHECK (one_row),
    paused         boolean NOT NULL DEFAULT false,
    decoders       integer CHECK (decoders > 0),      -- null: as each worker is configured
    memory_bytes   bigint  CHECK (memory_bytes > 0),  -- null: as each worker is configured
    remade_version integer NOT NULL DEFAULT 0         -- renditions of this version have been made of all originals
);
INSERT INTO storage.decoding DEFAULT VALUES;

-- Of the settings that the last attempt at its renditions had, successful or not; what an older Picup makes meanwhile says 0.
ALTER TABLE storage.original ADD COLUMN rendered_version integer NOT NULL DEFAULT 0;
