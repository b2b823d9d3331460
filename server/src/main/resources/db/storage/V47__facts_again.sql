-- How far the reading of all facts of a member has come, while it goes on.
CREATE TABLE storage.facts_reading (
    owner_id uuid PRIMARY KEY,
    after    uuid NOT NULL -- pictures up to this one have been asked for
);
