-- Who did what to whom. Lines are added, never changed, and forgotten after a while. No references: the line outlives the account.
create table member.audit (
    id         uuid        primary key,
    at         timestamptz not null,
    action     text        not null,
    actor_id   uuid,                    -- null: nobody who is signed in
    subject_id uuid,                    -- whom it concerns
    detail     text,
    network    text,                    -- of the address that asked, coarsely
    user_agent text
);

create index audit_order on member.audit (at, id);
create index audit_of_subject on member.audit (subject_id, at, id);
