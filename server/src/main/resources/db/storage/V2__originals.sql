-- The room of each member.
CREATE TABLE storage.space (
    owner_id    uuid   PRIMARY KEY,
    used_bytes  bigint NOT NULL CHECK (used_bytes >= 0),
    quota_bytes bigint NOT NULL CHECK (quota_bytes >= 0)
);

-- Who holds which bytes. `used_bytes` of a space is the sum of its rows here; bytes that no row names may go.
CREATE TABLE storage.original (
    owner_id   uuid        NOT NULL,
    digest     bytea       NOT NULL CHECK (length(digest) = 32),
    size_bytes bigint      NOT NULL CHECK (size_bytes > 0),
    kept_at    timestamptz NOT NULL,
    PRIMARY KEY (owner_id, digest)
);
CREATE INDEX original_digest ON storage.original (digest);
