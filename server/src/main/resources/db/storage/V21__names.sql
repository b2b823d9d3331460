-- What the member of a space is called, for what is made for the member alone: the archive of everything.
ALTER TABLE storage.space
    ADD COLUMN username text,
    ADD COLUMN display_name text,
    ADD COLUMN names_change bigint NOT NULL DEFAULT 0; -- number of the news that brought them; an older one is past
