-- Bytes that somebody holds, once however many hold them, and what is known of their health. The row comes with the first holder and
-- goes with the bytes. By a trigger, as the release before does not know of it.
CREATE TABLE storage.blob (
    digest          bytea       PRIMARY KEY CHECK (length(digest) = 32),
    size_bytes      bigint      NOT NULL,
    kept_at         timestamptz NOT NULL,
    state           text        NOT NULL DEFAULT 'sound' CHECK (state IN ('sound', 'missing', 'altered')),
    checked_at      timestamptz, -- when they were last read back; null: never
    copy_state      text        CHECK (copy_state IN ('sound', 'missing', 'altered')), -- in the second store; null: never looked at
    copy_checked_at timestamptz
);

CREATE FUNCTION storage.know_blob() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO storage.blob (digest, size_bytes, kept_at) VALUES (NEW.digest, NEW.size_bytes, NEW.kept_at) ON CONFLICT (digest) DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER blob_on_insert AFTER INSERT ON storage.original FOR EACH ROW EXECUTE FUNCTION storage.know_blob();

INSERT INTO storage.blob (digest, size_bytes, kept_at)
SELECT digest, min(size_bytes), min(kept_at) FROM storage.original GROUP BY digest ORDER BY digest
ON CONFLICT (digest) DO NOTHING;

-- How often the bytes of a digest were removed lately, or kept although their removal was pending. An upload that read another number
-- before it kept its bytes keeps them again.
CREATE TABLE storage.removal (
    digest     bytea       PRIMARY KEY,
    times      bigint      NOT NULL,
    pending    boolean     NOT NULL, -- the bytes go next; whoever keeps them meanwhile calls it off
    counted_at timestamptz NOT NULL
);
