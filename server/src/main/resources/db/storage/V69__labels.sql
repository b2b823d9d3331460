-- What has changed since its label was written: the small file beside an original that says whose it is, and what they made of it. One row a
-- change, without a key that two could wait for; the writer takes them in batches. By triggers, as nobody can forget those.
CREATE TABLE storage.label_due (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest    bytea, -- of an original,
    member_id uuid,  -- or a member, whose albums and deletions have a file of their own
    CHECK ((digest IS NULL) <> (member_id IS NULL))
);

CREATE FUNCTION storage.originals_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO storage.label_due (digest) SELECT DISTINCT digest FROM changed;
    RETURN NULL;
END $$;

CREATE FUNCTION storage.album_pictures_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO storage.label_due (digest)
    SELECT DISTINCT p.digest FROM changed JOIN storage.picture p ON p.owner_id = changed.owner_id AND p.id = changed.picture_id;
    RETURN NULL;
END $$;

CREATE FUNCTION storage.members_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO storage.label_due (member_id) SELECT DISTINCT owner_id FROM changed;
    RETURN NULL;
END $$;

CREATE FUNCTION storage.space_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO storage.label_due (member_id) VALUES (NEW.owner_id);
    RETURN NULL;
END $$;

CREATE TRIGGER label_on_insert AFTER INSERT ON storage.original REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.originals_changed();
CREATE TRIGGER label_on_delete AFTER DELETE ON storage.original REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.originals_changed();
CREATE TRIGGER label_on_insert AFTER INSERT ON storage.picture REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.originals_changed();
CREATE TRIGGER label_on_update AFTER UPDATE ON storage.picture REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.originals_changed();
CREATE TRIGGER label_on_insert AFTER INSERT ON storage.sidecar REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.originals_changed();
CREATE TRIGGER label_on_update AFTER UPDATE ON storage.sidecar REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.originals_changed();
CREATE TRIGGER label_on_delete AFTER DELETE ON storage.sidecar REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.originals_changed();
CREATE TRIGGER label_on_insert AFTER INSERT ON storage.album_picture REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.album_pictures_changed();
CREATE TRIGGER label_on_update AFTER UPDATE ON storage.album_picture REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.album_pictures_changed();
CREATE TRIGGER label_on_delete AFTER DELETE ON storage.album_picture REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.album_pictures_changed();
CREATE TRIGGER label_on_insert AFTER INSERT ON storage.album REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
CREATE TRIGGER label_on_update AFTER UPDATE ON storage.album REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
CREATE TRIGGER label_on_delete AFTER DELETE ON storage.album REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
CREATE TRIGGER label_on_insert AFTER INSERT ON storage.deleted_for_good REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
CREATE TRIGGER label_on_update AFTER UPDATE ON storage.deleted_for_good REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();
CREATE TRIGGER label_on_delete AFTER DELETE ON storage.deleted_for_good REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION storage.members_changed();

-- Every upload changes what a space uses, which no label says.
CREATE TRIGGER label_on_insert AFTER INSERT ON storage.space FOR EACH ROW EXECUTE FUNCTION storage.space_changed();
CREATE TRIGGER label_on_update AFTER UPDATE ON storage.space FOR EACH ROW
    WHEN (ROW (OLD.username, OLD.display_name, OLD.quota_bytes, OLD.standing) IS DISTINCT FROM ROW (NEW.username, NEW.display_name, NEW.quota_bytes, NEW.standing))
    EXECUTE FUNCTION storage.space_changed();

INSERT INTO storage.label_due (digest) SELECT DISTINCT digest FROM storage.original;
INSERT INTO storage.label_due (member_id) SELECT owner_id FROM storage.space;
