-- Towns in which pictures were taken, by GeoNames' number. Of nobody: a row says no more than that there is such a town.
CREATE TABLE storage.place (
    id        integer PRIMARY KEY,
    name      text    NOT NULL,
    name_ko   text,
    region    text,
    region_ko text,
    country   text    NOT NULL CHECK (country ~ '^[A-Z]{2}$')
);

-- What a picture is found by, made of its other columns: the town of its position, and its words as picup.library.search.PictureWords writes them.
-- What is due is made by a worker, as there is no town in SQL; until then the words of before do.
ALTER TABLE storage.picture
    ADD COLUMN place_id  integer REFERENCES storage.place,
    ADD COLUMN words     tsvector,
    ADD COLUMN words_due boolean NOT NULL DEFAULT true;

-- Every lexeme of a picture has an entry. Without a list of pending ones, which each search would have to read.
CREATE INDEX picture_words ON storage.picture USING gin (words) WITH (fastupdate = off);
CREATE INDEX picture_words_due ON storage.picture (owner_id, id) WHERE words_due AND state <> 'processing';
CREATE INDEX picture_place ON storage.picture (owner_id, place_id, taken_at DESC, id DESC) WHERE place_id IS NOT NULL AND trashed_at IS NULL AND part_of IS NULL AND NOT locked;

-- Whoever changes what words are made of makes them due, knowing or not.
CREATE FUNCTION storage.words_are_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words_due := true;
    IF (OLD.latitude, OLD.longitude) IS DISTINCT FROM (NEW.latitude, NEW.longitude) THEN
        NEW.place_id := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER picture_words_due BEFORE UPDATE ON storage.picture FOR EACH ROW
    WHEN ((OLD.kind, OLD.file_name, OLD.taken_at, OLD.latitude, OLD.longitude, OLD.make, OLD.model, OLD.lens, OLD.description, OLD.tags, OLD.stack, OLD.frames, OLD.codec,
           OLD.panorama, OLD.renditions)
       IS DISTINCT FROM
          (NEW.kind, NEW.file_name, NEW.taken_at, NEW.latitude, NEW.longitude, NEW.make, NEW.model, NEW.lens, NEW.description, NEW.tags, NEW.stack, NEW.frames, NEW.codec,
           NEW.panorama, NEW.renditions))
    EXECUTE FUNCTION storage.words_are_due();

-- Labels say what cannot be made again. Words can: an upgrade that makes those of a million pictures must not write a million labels.
CREATE OR REPLACE FUNCTION storage.originals_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('picup.deriving', true) = 'on' THEN
        RETURN NULL;
    END IF;
    INSERT INTO storage.label_due (digest) SELECT DISTINCT digest FROM changed;
    RETURN NULL;
END $$;

CREATE FUNCTION storage.make_findable(owner uuid, ids uuid[], places integer[], all_words text[]) RETURNS void LANGUAGE plpgsql SET picup.deriving = 'on' AS $$
BEGIN
    UPDATE storage.picture p SET place_id = made.place_id, words = made.words::tsvector, words_due = false
    FROM unnest(ids, places, all_words) AS made (id, place_id, words)
    WHERE p.owner_id = owner AND p.id = made.id;
END $$;
