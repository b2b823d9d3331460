-- Pictures that are shown to nobody, their owner included, before a second unlock. All files of an item are locked, or none.
ALTER TABLE storage.picture ADD COLUMN locked boolean NOT NULL DEFAULT false;
CREATE INDEX picture_locked ON storage.picture (owner_id, taken_at DESC, id DESC) WHERE locked AND trashed_at IS NULL AND part_of IS NULL;

CREATE TABLE storage.locked_folder (
    owner_id      uuid        PRIMARY KEY,
    code_hash     text        NOT NULL,
    tries_full_at timestamptz NOT NULL,          -- a bucket of tries, kept as the moment at which it will be full again
    lockings      bigint      NOT NULL DEFAULT 0 -- how often pictures were put in; a browser that knows fewer forgets what it keeps of them
);

-- Sessions that have unlocked it, until nobody has used it for a while.
CREATE TABLE storage.open_folder (
    owner_id   uuid        NOT NULL,
    session_id uuid        NOT NULL,
    until      timestamptz NOT NULL,
    PRIMARY KEY (owner_id, session_id)
);

-- What was put in a moment ago: the session that did it may take it back out without the code.
CREATE TABLE storage.lock_undo (
    owner_id   uuid        NOT NULL,
    id         uuid        NOT NULL,
    session_id uuid        NOT NULL,
    until      timestamptz NOT NULL,
    pictures   uuid[]      NOT NULL,
    PRIMARY KEY (owner_id, id)
);

-- As before, without what is locked.
CREATE OR REPLACE FUNCTION storage.count_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In the order of the key, so that two statements never wait for each other crosswise.
    IF TG_OP = 'INSERT' THEN
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, date_trunc('month', taken_at)::date, count(*) FROM new_rows
        WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL AND NOT locked GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, date_trunc('month', taken_at)::date, -count(*) FROM old_rows
        WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL AND NOT locked GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    ELSE
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, month, sum(change) FROM (
            SELECT owner_id, date_trunc('month', taken_at)::date AS month, 1 AS change FROM new_rows
            WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL AND NOT locked
            UNION ALL
            SELECT owner_id, date_trunc('month', taken_at)::date, -1 FROM old_rows
            WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL AND NOT locked) AS changes
        GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    END IF;
    RETURN NULL;
END $$;
