-- What takes an owner's space, by sorts of files: the sum of these rows. Each statement that changes it adds its difference, so that no upload waits for another
-- at a row that they share, and none for the trash crosswise. One statement in a hundred folds what has gathered; whatever another one
-- is just folding, it leaves alone. What files of the owner no picture names are sidecars.
CREATE TABLE storage.usage (
    owner_id uuid    NOT NULL,
    id       uuid    NOT NULL DEFAULT gen_random_uuid(),
    sort     text    NOT NULL CHECK (sort IN ('photo', 'video', 'raw', 'trash')),
    files    bigint  NOT NULL,
    bytes    numeric NOT NULL,
    PRIMARY KEY (owner_id, id)
);

CREATE FUNCTION storage.sort_of(kind text, trashed_at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN trashed_at IS NOT NULL THEN 'trash'
        WHEN kind = 'raw' THEN 'raw'
        WHEN kind IN ('mp4', 'mov', 'mkv', 'webm', 'avi', 'mts', 'mpeg', 'wmv') THEN 'video'
        ELSE 'photo' END;

CREATE FUNCTION storage.fold_usage(whose uuid) RETURNS void LANGUAGE sql AS $$
    WITH folding AS (SELECT id FROM storage.usage WHERE owner_id = whose LIMIT 2000 FOR UPDATE SKIP LOCKED),
    gone AS (DELETE FROM storage.usage u USING folding WHERE u.owner_id = whose AND u.id = folding.id RETURNING u.sort, u.files, u.bytes)
    INSERT INTO storage.usage (owner_id, sort, files, bytes) SELECT whose, sort, sum(files), sum(bytes) FROM gone GROUP BY sort;
$$;

CREATE FUNCTION storage.count_usage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO storage.usage (owner_id, sort, files, bytes)
        SELECT owner_id, storage.sort_of(kind, trashed_at), count(*), sum(size_bytes) FROM new_rows GROUP BY 1, 2;
        SELECT owner_id INTO whose FROM new_rows LIMIT 1;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO storage.usage (owner_id, sort, files, bytes)
        SELECT owner_id, storage.sort_of(kind, trashed_at), -count(*), -sum(size_bytes) FROM old_rows GROUP BY 1, 2;
        SELECT owner_id INTO whose FROM old_rows LIMIT 1;
    ELSE
        INSERT INTO storage.usage (owner_id, sort, files, bytes)
        SELECT owner_id, sort, sum(files), sum(bytes) FROM (
            SELECT owner_id, storage.sort_of(kind, trashed_at) AS sort, 1 AS files, size_bytes AS bytes FROM new_rows
            UNION ALL
            SELECT owner_id, storage.sort_of(kind, trashed_at), -1, -size_bytes FROM old_rows) AS changes
        GROUP BY 1, 2 HAVING sum(files) <> 0 OR sum(bytes) <> 0;
        IF FOUND THEN
            SELECT owner_id INTO whose FROM new_rows LIMIT 1;
        END IF;
    END IF;
    IF whose IS NOT NULL AND random() < 0.01 THEN
        PERFORM storage.fold_usage(whose);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER usage_on_insert AFTER INSERT ON storage.picture
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_usage();
CREATE TRIGGER usage_on_delete AFTER DELETE ON storage.picture
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_usage();
CREATE TRIGGER usage_on_update AFTER UPDATE ON storage.picture
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_usage();

INSERT INTO storage.usage (owner_id, sort, files, bytes)
SELECT owner_id, storage.sort_of(kind, trashed_at), count(*), sum(size_bytes) FROM storage.picture GROUP BY 1, 2;

-- The largest files first, and what is under way or went wrong.
CREATE INDEX picture_largest ON storage.picture (owner_id, size_bytes DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX picture_processing ON storage.picture (owner_id, id) WHERE state = 'processing';
CREATE INDEX picture_trouble ON storage.picture (owner_id, id) WHERE state = 'failed' OR edit_state = 'failed';
