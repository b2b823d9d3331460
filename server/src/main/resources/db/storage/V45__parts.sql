-- Files that belong together are one item. Its cover stands in the timeline; its parts are pictures with an id of their
-- own that are shown in the item only: the video of a Live Photo, the RAW beside a JPEG, the rest of a burst.
ALTER TABLE storage.picture
    ADD COLUMN folder       text    NOT NULL DEFAULT '',    -- where the file lay, relative to what its person sent
    ADD COLUMN part_of      uuid,                           -- the cover, which is never a part itself
    ADD COLUMN part_role    text    CHECK (part_role IN ('live', 'raw', 'burst')), -- says something where part_of does
    ADD COLUMN stack        text,                           -- of a cover: the most telling role among its parts
    ADD COLUMN cover_chosen boolean NOT NULL DEFAULT false, -- a person made it the cover
    ADD COLUMN kept_apart   boolean NOT NULL DEFAULT false; -- a person took it out of its item: nothing puts it back

-- Whatever happens to a cover, its parts are seen.
ALTER TABLE storage.picture ADD CONSTRAINT picture_part_of
    FOREIGN KEY (owner_id, part_of) REFERENCES storage.picture (owner_id, id) ON DELETE SET NULL (part_of);

-- `IMG_1.CR2`, `img_1.JPG` and, as macOS writes names, decomposed letters: one stem. Pixels write `PXL_1.RAW-01.COVER.jpg` and
-- `PXL_1.RAW-02.ORIGINAL.dng`.
CREATE FUNCTION storage.stem(file_name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(normalize(regexp_replace(file_name, '(\.RAW-\d\d(\.(COVER|ORIGINAL))?)?\.[^.]*$', '', 'i'), NFC));

CREATE INDEX picture_parts ON storage.picture (owner_id, part_of) WHERE part_of IS NOT NULL;
CREATE INDEX picture_live ON storage.picture (owner_id, live_id) WHERE live_id IS NOT NULL;
CREATE INDEX picture_burst ON storage.picture (owner_id, burst_id) WHERE burst_id IS NOT NULL;
CREATE INDEX picture_stem ON storage.picture (owner_id, folder, storage.stem(file_name) COLLATE "C", kind);
CREATE INDEX picture_facts_version ON storage.picture (facts_version) WHERE state = 'ready';

-- As before, without the parts.
CREATE OR REPLACE FUNCTION storage.count_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In the order of the key, so that two statements never wait for each other crosswise.
    IF TG_OP = 'INSERT' THEN
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, date_trunc('month', taken_at)::date, count(*) FROM new_rows
        WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, date_trunc('month', taken_at)::date, -count(*) FROM old_rows
        WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    ELSE
        INSERT INTO storage.month AS m (owner_id, month, pictures)
        SELECT owner_id, month, sum(change) FROM (
            SELECT owner_id, date_trunc('month', taken_at)::date AS month, 1 AS change FROM new_rows
            WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL
            UNION ALL
            SELECT owner_id, date_trunc('month', taken_at)::date, -1 FROM old_rows
            WHERE trashed_at IS NULL AND NOT archived AND part_of IS NULL) AS changes
        GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
        ON CONFLICT (owner_id, month) DO UPDATE SET pictures = m.pictures + excluded.pictures;
    END IF;
    RETURN NULL;
END $$;
