-- Who did what to whom on this side. Lines are added, never changed, and forgotten after a while.
CREATE TABLE storage.audit (
    id         uuid        PRIMARY KEY,
    at         timestamptz NOT NULL,
    action     text        NOT NULL,
    actor_id   uuid,                    -- null: nobody who is signed in
    subject_id uuid,                    -- whom it concerns
    detail     text,
    network    text,                    -- of the address that asked, coarsely
    user_agent text
);
CREATE INDEX audit_order ON storage.audit (at, id);
CREATE INDEX audit_of_subject ON storage.audit (subject_id, at, id);
