-- The backups that this instance knows of, and what came of them. While one runs, no bytes are removed, because its rows still refer to
-- them; the lease ends that if the process that backs up is killed.
CREATE TABLE storage.backup (
    id             uuid        PRIMARY KEY,
    folder         text        NOT NULL,
    name           text        NOT NULL, -- of the folder below `backups`
    began_at       timestamptz NOT NULL,
    lease_until    timestamptz NOT NULL,
    ended_at       timestamptz,
    originals      bigint,               -- how many it has, and their bytes
    original_bytes bigint,
    copied_bytes   bigint,               -- which were new in it
    damaged        bigint,               -- originals that were not what their digest says
    failure        text,                 -- why it came to nothing
    verified_at    timestamptz,          -- when it was last restored for a trial
    verified       boolean,              -- and whether everything was there
    verification   text
);
CREATE INDEX backup_running ON storage.backup (lease_until) WHERE ended_at IS NULL;

-- db-scheduler's table, as the lane `storage.backup_job`: a backup takes hours, and keeps neither a thumbnail nor a video waiting.
CREATE TABLE storage.backup_job (LIKE storage.job INCLUDING ALL);
