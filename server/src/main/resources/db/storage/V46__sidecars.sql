-- Files that say something about a picture: kept as originals, byte for byte, and applied to the picture whose name they
-- bear. One may come before its picture, or without.
CREATE TABLE storage.sidecar (
    owner_id     uuid        NOT NULL,
    id           uuid        NOT NULL,
    digest       bytea       NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('xmp', 'takeout')),
    file_name    text        NOT NULL,
    folder       text        NOT NULL,
    size_bytes   bigint      NOT NULL,
    target       text        NOT NULL, -- the name of its picture, or the beginning of it, as its own name says
    title_target text,                 -- the name of its picture, as its content says
    picture_id   uuid,                 -- null while it waits
    state        text        NOT NULL CHECK (state IN ('processing', 'ready', 'failed')),
    facts        jsonb,
    added_at     timestamptz NOT NULL, -- of those of one name the newest counts
    PRIMARY KEY (owner_id, id),
    UNIQUE (owner_id, folder, file_name, digest)
);
CREATE INDEX sidecar_target ON storage.sidecar (owner_id, folder, target);
CREATE INDEX sidecar_title ON storage.sidecar (owner_id, folder, title_target) WHERE title_target IS NOT NULL;
CREATE INDEX sidecar_of_picture ON storage.sidecar (owner_id, picture_id, id);
CREATE INDEX sidecar_digest ON storage.sidecar (owner_id, digest);
