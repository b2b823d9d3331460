-- What programs show instead of a password, each with the least rights it needs. Revoked ones stay until the access tokens
-- that were made of them have run out.
create table member.api_key (
    id           uuid        primary key,
    member_id    uuid        not null references member.account on delete cascade,
    secret_hash  bytea       not null unique,  -- SHA-256 of 256 random bits
    hint         text        not null,         -- how the key begins, so that people know which one they hold
    name         text        not null,
    scopes       text[]      not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,                  -- to the hour, so that reading a picture is no write
    revoked_at   timestamptz
);

create index api_key_of_member on member.api_key (member_id, id);
create index api_key_revoked on member.api_key (revoked_at) where revoked_at is not null;
