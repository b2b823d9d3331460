-- How many pictures an album shows, so that no card of a list counts a hundred thousand. A table of its own: a count says nothing that a label keeps.
CREATE TABLE storage.album_count (
    owner_id uuid    NOT NULL,
    album_id uuid    NOT NULL,
    pictures integer NOT NULL,
    PRIMARY KEY (owner_id, album_id),
    FOREIGN KEY (owner_id, album_id) REFERENCES storage.album ON DELETE CASCADE
);

-- Whether its picture is seen, once more, as `taken_at` is: so a row that leaves says whether it counted, also when its picture has gone before it.
ALTER TABLE storage.album_picture ADD COLUMN shown boolean;
ALTER TABLE storage.album_picture DISABLE TRIGGER label_on_update; -- which says nothing of this
UPDATE storage.album_picture i SET shown = (p.trashed_at IS NULL AND p.part_of IS NULL AND NOT p.locked) FROM storage.picture p WHERE p.owner_id = i.owner_id AND p.id = i.picture_id;
ALTER TABLE storage.album_picture ENABLE TRIGGER label_on_update;
ALTER TABLE storage.album_picture ALTER COLUMN shown SET NOT NULL;

-- FOR SHARE: as in the release before, whoever changes the picture is waited for, or finds the row that is inserted here.
CREATE OR REPLACE FUNCTION storage.date_album_picture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT taken_at, trashed_at IS NULL AND part_of IS NULL AND NOT locked INTO NEW.taken_at, NEW.shown
    FROM storage.picture WHERE owner_id = NEW.owner_id AND id = NEW.picture_id FOR SHARE;
    RETURN NEW;
END $$;

CREATE FUNCTION storage.follow_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE storage.album_picture SET shown = (NEW.trashed_at IS NULL AND NEW.part_of IS NULL AND NOT NEW.locked) WHERE owner_id = NEW.owner_id AND picture_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER album_shown AFTER UPDATE OF trashed_at, part_of, locked ON storage.picture FOR EACH ROW
    WHEN ((OLD.trashed_at IS NULL AND OLD.part_of IS NULL AND NOT OLD.locked) <> (NEW.trashed_at IS NULL AND NEW.part_of IS NULL AND NOT NEW.locked)) EXECUTE FUNCTION storage.follow_shown();

-- In the order of the key. Whoever changes what albums show holds the lock of the owner's items (decision 40), so nobody waits crosswise.
CREATE FUNCTION storage.count_album_pictures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO storage.album_count AS c (owner_id, album_id, pictures)
        SELECT owner_id, album_id, count(*) FROM new_rows WHERE shown GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (owner_id, album_id) DO UPDATE SET pictures = c.pictures + excluded.pictures;
    ELSIF TG_OP = 'DELETE' THEN
        -- An update, as the album may go in the same statement.
        UPDATE storage.album_count c SET pictures = c.pictures - gone.pictures
        FROM (SELECT owner_id, album_id, count(*) AS pictures FROM old_rows WHERE shown GROUP BY 1, 2 ORDER BY 1, 2) AS gone
        WHERE c.owner_id = gone.owner_id AND c.album_id = gone.album_id;
    ELSE
        INSERT INTO storage.album_count AS c (owner_id, album_id, pictures)
        SELECT owner_id, album_id, sum(change) FROM (
            SELECT owner_id, album_id, 1 AS change FROM new_rows WHERE shown
            UNION ALL
            SELECT owner_id, album_id, -1 FROM old_rows WHERE shown) AS changes
        GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
        ON CONFLICT (owner_id, album_id) DO UPDATE SET pictures = c.pictures + excluded.pictures;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER count_on_insert AFTER INSERT ON storage.album_picture
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_album_pictures();
CREATE TRIGGER count_on_delete AFTER DELETE ON storage.album_picture
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_album_pictures();
CREATE TRIGGER count_on_update AFTER UPDATE ON storage.album_picture
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_album_pictures();

INSERT INTO storage.album_count (owner_id, album_id, pictures)
SELECT owner_id, album_id, count(*) FROM storage.album_picture WHERE shown GROUP BY owner_id, album_id;
