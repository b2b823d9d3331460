-- The last thing a member did to many pictures at once, so that it can be undone.
CREATE TABLE storage.bulk_action (
    owner_id uuid        PRIMARY KEY,
    action   text        NOT NULL CHECK (action IN ('trashed', 'restored')),
    at       timestamptz NOT NULL,
    pictures uuid[]      NOT NULL
);

-- How much of a library was deleted for good within a day, and what waits for its member because it would be too much.
CREATE TABLE storage.purge_guard (
    owner_id        uuid        PRIMARY KEY,
    since           timestamptz NOT NULL, -- when the day began
    library         bigint      NOT NULL, -- how many pictures there were then
    deleted         bigint      NOT NULL,
    paused_at       timestamptz,          -- null: nothing waits
    paused_pictures bigint,
    confirmed_until timestamptz
);
