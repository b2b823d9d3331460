-- Which worker reads these bytes back at the moment. One that was killed loses its claim when that runs out.
ALTER TABLE storage.blob ADD COLUMN claim uuid, ADD COLUMN claimed_until timestamptz;

-- Ways to what is to be read next: what was never read, the newest first; what was never copied; what is damaged; what was not read for the longest.
CREATE INDEX blob_unchecked ON storage.blob (kept_at) WHERE checked_at IS NULL;
CREATE INDEX blob_uncopied ON storage.blob (kept_at) WHERE copy_checked_at IS NULL;
CREATE INDEX blob_damaged ON storage.blob (digest) WHERE state <> 'sound' OR copy_state <> 'sound';
CREATE INDEX blob_checked ON storage.blob (checked_at);

-- db-scheduler's table, as the lane `storage.care_job`: reading an original back takes up to an hour, and keeps neither a thumbnail nor a video waiting.
CREATE TABLE storage.care_job (LIKE storage.job INCLUDING ALL);
