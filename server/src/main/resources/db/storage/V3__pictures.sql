-- A photo or video of its owner. Facts that the file gives are null until it has been looked into.
CREATE TABLE storage.picture (
    owner_id             uuid        NOT NULL,
    id                   uuid        NOT NULL,
    digest               bytea       NOT NULL,
    kind                 text        NOT NULL,
    file_name            text        NOT NULL,
    size_bytes           bigint      NOT NULL,
    state                text        NOT NULL CHECK (state IN ('processing', 'ready', 'failed')),
    reason               text,
    width                integer,
    height               integer,
    taken_at             timestamp   NOT NULL, -- wall clock of the place
    taken_offset_seconds integer,
    taken_at_source      text        NOT NULL,
    latitude             double precision,
    longitude            double precision,
    altitude             double precision,
    make                 text,
    model                text,
    lens                 text,
    iso                  integer,
    exposure_seconds     double precision,
    f_number             double precision,
    focal_length_mm      double precision,
    duration_ms          bigint,
    original_playable    boolean     NOT NULL DEFAULT false,
    description          text,
    rating               smallint,
    favourite            boolean     NOT NULL DEFAULT false,
    archived             boolean     NOT NULL DEFAULT false,
    thumb_hash           text,
    renditions           text[]      NOT NULL DEFAULT '{}', -- names of those that are made
    edited               text[]      NOT NULL DEFAULT '{}', -- facts that a person set and no file may change
    version              integer     NOT NULL DEFAULT 1,
    added_at             timestamptz NOT NULL,
    trashed_at           timestamptz,
    PRIMARY KEY (owner_id, id),
    UNIQUE (owner_id, digest)
);
CREATE INDEX picture_digest ON storage.picture (digest);
CREATE INDEX picture_timeline ON storage.picture (owner_id, taken_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX picture_trash ON storage.picture (owner_id, trashed_at DESC, id DESC) WHERE trashed_at IS NOT NULL;
CREATE INDEX picture_due_for_purge ON storage.picture (trashed_at) WHERE trashed_at IS NOT NULL;

-- How many pictures of the timeline lie in each month, so that no list of months counts a million rows. Kept by the
-- triggers below, whoever changes a picture and however.
CREATE TABLE storage.month (
    owner_id uuid    NOT NULL,
    month    date    NOT NULL,
    pictures integer NOT NULL,
    PRIMARY KEY (owner_id, month)
);

CREATE FUNCTION storage.count_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In the order of the key, so that two statements never wait for each other crosswise.
    IF TG_OP = 'INSERT' THEN
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, date_trunc('month', taken_at)::date, count(*) FROM new_rows
        WHERE trashed_at IS NULL AND NOT archived GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, date_trunc('month', taken_at)::date, -count(*) FROM old_rows
        WHERE trashed_at IS NULL AND NOT archived GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    ELSE
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, month, sum(change) FROM (
            SELECT owner_id, date_trunc('month', taken_at)::date AS month, 1 AS change FROM new_rows
            WHERE trashed_at IS NULL AND NOT archived
            UNION ALL
            SELECT owner_id, date_trunc('month', taken_at)::date, -1 FROM old_rows
            WHERE trashed_at IS NULL AND NOT archived) AS changes
        GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER month_on_insert AFTER INSERT ON storage.picture
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_months();
CREATE TRIGGER month_on_delete AFTER DELETE ON storage.picture
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_months();
CREATE TRIGGER month_on_update AFTER UPDATE ON storage.picture
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_months();

-- What a member deleted for good, so that a phone that still has it does not bring it back.
CREATE TABLE storage.deleted_for_good (
    owner_id   uuid        NOT NULL,
    digest     bytea       NOT NULL,
    deleted_at timestamptz NOT NULL,
    PRIMARY KEY (owner_id, digest)
);

CREATE TABLE storage.album (
    owner_id   uuid        NOT NULL,
    id         uuid        NOT NULL,
    name       text        NOT NULL,
    description text,
    made_at    timestamptz NOT NULL,
    PRIMARY KEY (owner_id, id)
);

-- `rank` orders an album by hand; gaps leave room to move one picture without touching the others.
CREATE TABLE storage.album_picture (
    owner_id   uuid   NOT NULL,
    album_id   uuid   NOT NULL,
    picture_id uuid   NOT NULL,
    rank       bigint NOT NULL,
    PRIMARY KEY (owner_id, album_id, picture_id),
    FOREIGN KEY (owner_id, album_id) REFERENCES storage.album ON DELETE CASCADE,
    FOREIGN KEY (owner_id, picture_id) REFERENCES storage.picture ON DELETE CASCADE
);
CREATE INDEX album_order ON storage.album_picture (owner_id, album_id, rank, picture_id);
CREATE INDEX album_of_picture ON storage.album_picture (owner_id, picture_id);
