-- Files whose parts clients send straight to the bucket. There they lie as `uploads/<id>` until they are an original.
CREATE TABLE storage.direct_upload (
    owner_id       uuid        NOT NULL,
    id             uuid        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('receiving', 'done', 'refused', 'expired')),
    digest         bytea       NOT NULL CHECK (length(digest) = 32), -- as announced
    size_bytes     bigint      NOT NULL CHECK (size_bytes > 0),
    parts          bytea[]     NOT NULL, -- the SHA-256 of each, in their order; all but the last are of `part_bytes`
    part_bytes     bigint      NOT NULL CHECK (part_bytes > 0),
    reserved_bytes bigint      NOT NULL CHECK (reserved_bytes >= 0),
    file_name      text        NOT NULL,
    folder         text        NOT NULL,
    taken_at       text        NOT NULL, -- as the client wrote it; empty where it did not
    source         text        NOT NULL,
    force          boolean     NOT NULL,
    bulk           boolean     NOT NULL,
    bucket_upload  text,                 -- by which the bucket knows it; null until that has been noted
    expires_at     timestamptz NOT NULL, -- when it ends; of one that has ended, when it is forgotten
    outcome        text        CHECK (outcome IN ('added', 'already-there')),
    picture_id     uuid,
    trashed        boolean     NOT NULL DEFAULT false,
    problem        text,
    detail         text,
    PRIMARY KEY (owner_id, id)
);
CREATE INDEX direct_upload_open ON storage.direct_upload (owner_id, id) WHERE state = 'receiving';
CREATE INDEX direct_upload_expiry ON storage.direct_upload (expires_at);
