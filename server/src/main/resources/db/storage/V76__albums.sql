-- Albums that are put in order, nested, and told as a trip.
--
-- `cover_id` is a wish: a picture that has left the album or lies in the trash is no cover, and is one again when it is back. So nothing has
-- to follow it, and it needs no foreign key. A deleted album waits with `trashed_at` for its undo, and its children, which moved up, remember in
-- `moved_up_from` where they go back to, from which one last.
ALTER TABLE storage.album
    ADD COLUMN parent_id     uuid,
    ADD COLUMN cover_id      uuid,
    ADD COLUMN kind          text NOT NULL DEFAULT 'gathered', -- by hand; what a saved search gathers will be another
    ADD COLUMN ordering      text NOT NULL DEFAULT 'hand' CHECK (ordering IN ('hand', 'oldest', 'newest')),
    ADD COLUMN display       text NOT NULL DEFAULT 'grid' CHECK (display IN ('grid', 'trip')),
    ADD COLUMN moved_up_from uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN trashed_at    timestamptz,
    ADD FOREIGN KEY (owner_id, parent_id) REFERENCES storage.album ON DELETE SET NULL (parent_id),
    ADD CHECK (parent_id <> id);
CREATE INDEX album_shown ON storage.album (owner_id, made_at DESC, id DESC) WHERE trashed_at IS NULL;
CREATE INDEX album_children ON storage.album (owner_id, parent_id, made_at DESC, id DESC);
CREATE INDEX album_trash ON storage.album (owner_id, trashed_at) WHERE trashed_at IS NOT NULL;

-- The time at which a picture was taken, once more, so that an album of a hundred thousand is paged by date from an index.
ALTER TABLE storage.album_picture ADD COLUMN taken_at timestamp;

-- FOR SHARE: a picture whose time is just being changed is waited for. Whoever changes it later finds the row that is inserted here.
CREATE FUNCTION storage.date_album_picture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.taken_at := (SELECT taken_at FROM storage.picture WHERE owner_id = NEW.owner_id AND id = NEW.picture_id FOR SHARE);
    RETURN NEW;
END $$;
CREATE TRIGGER album_picture_date BEFORE INSERT ON storage.album_picture FOR EACH ROW EXECUTE FUNCTION storage.date_album_picture();

CREATE FUNCTION storage.follow_taken_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE storage.album_picture SET taken_at = NEW.taken_at WHERE owner_id = NEW.owner_id AND picture_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER album_dates AFTER UPDATE OF taken_at ON storage.picture FOR EACH ROW
    WHEN (OLD.taken_at IS DISTINCT FROM NEW.taken_at) EXECUTE FUNCTION storage.follow_taken_at();

UPDATE storage.album_picture i SET taken_at = p.taken_at FROM storage.picture p WHERE p.owner_id = i.owner_id AND p.id = i.picture_id;
ALTER TABLE storage.album_picture ALTER COLUMN taken_at SET NOT NULL;
CREATE INDEX album_by_date ON storage.album_picture (owner_id, album_id, taken_at, picture_id);

-- Words between the pictures of an album. `rank` is a place in the same order as that of pictures; `taken_at` in the orders by date, where a text
-- stands before the pictures of its moment.
CREATE TABLE storage.album_text (
    owner_id uuid      NOT NULL,
    album_id uuid      NOT NULL,
    id       uuid      NOT NULL,
    rank     bigint    NOT NULL,
    taken_at timestamp NOT NULL,
    text     text      NOT NULL,
    PRIMARY KEY (owner_id, album_id, id),
    FOREIGN KEY (owner_id, album_id) REFERENCES storage.album ON DELETE CASCADE
);
CREATE INDEX album_text_order ON storage.album_text (owner_id, album_id, rank, id);

CREATE TRIGGER label_on_insert AFTER INSERT ON storage.album_text REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
CREATE TRIGGER label_on_update AFTER UPDATE ON storage.album_text REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
CREATE TRIGGER label_on_delete AFTER DELETE ON storage.album_text REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
