-- Favourites and the archive are lists of their own, which a library of a million must not be read for.
CREATE INDEX picture_favourites ON storage.picture (owner_id, taken_at DESC, id DESC) WHERE favourite AND trashed_at IS NULL AND part_of IS NULL;
CREATE INDEX picture_archived ON storage.picture (owner_id, taken_at DESC, id DESC) WHERE archived AND trashed_at IS NULL AND part_of IS NULL;
