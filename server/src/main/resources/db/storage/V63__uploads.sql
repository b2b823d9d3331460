-- Files that come in pieces (tus). Their bytes lie in `originals/uploads/<id>` until they are an original.
CREATE TABLE storage.upload (
    owner_id       uuid        NOT NULL,
    id             uuid        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('receiving', 'received', 'joined', 'done', 'refused', 'expired')),
    size_bytes     bigint      CHECK (size_bytes >= 0), -- null until the client knows
    offset_bytes   bigint      NOT NULL DEFAULT 0 CHECK (offset_bytes >= 0 AND offset_bytes <= coalesce(size_bytes, offset_bytes)), -- on disk and flushed
    reserved_bytes bigint      NOT NULL CHECK (reserved_bytes >= 0),
    metadata       text        NOT NULL, -- as the client wrote it
    partial        boolean     NOT NULL, -- a piece of another
    parts          uuid[],               -- of one that is joined from pieces, in their order
    kind           text,                 -- null until enough has come to tell
    expires_at     timestamptz NOT NULL, -- when it ends; of one that has ended, when it is forgotten
    outcome        text        CHECK (outcome IN ('added', 'already-there', 'sidecar')),
    picture_id     uuid,
    trashed        boolean     NOT NULL DEFAULT false,
    problem        text,
    detail         text,
    PRIMARY KEY (owner_id, id)
);
CREATE UNIQUE INDEX upload_id ON storage.upload (id);
CREATE UNIQUE INDEX upload_of_parts ON storage.upload (owner_id, parts) WHERE parts IS NOT NULL;
CREATE INDEX upload_open ON storage.upload (owner_id, id) WHERE state IN ('receiving', 'received');
CREATE INDEX upload_unfinished ON storage.upload (id) WHERE state = 'received' AND NOT partial;
CREATE INDEX upload_expiry ON storage.upload (expires_at);
