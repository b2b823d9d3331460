-- Receipts are written for each source, a page of pictures at a time.
CREATE INDEX picture_of_source ON storage.picture (owner_id, source, id) WHERE trashed_at IS NULL;
