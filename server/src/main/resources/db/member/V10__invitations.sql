-- Letters of admission, each good for one sign-up. A withdrawn one is deleted; one that an administrator made does not
-- outlive that account.
create table member.invitation (
    id          uuid        primary key,
    secret_hash bytea       not null unique,  -- SHA-256 of 256 random bits, which only the invited person has
    note        text        not null,         -- for whom it is, in the administrator's words
    created_by  uuid        not null references member.account on delete cascade,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    used_by     uuid        references member.account on delete set null
);
