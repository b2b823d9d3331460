create table member.account (
    id            uuid        primary key,
    username      text        not null,          -- as shown
    username_key  text        not null unique,   -- as compared: two spellings of one name meet here
    display_name  text        not null,
    password_hash text        not null,          -- Argon2id in PHC string format, parameters included
    administrator boolean     not null default false,
    created_at    timestamptz not null
);

-- Holds one row from the first sign-up on. Whoever inserts it administers the instance; the primary key decides
-- between two who are first at once. No reference, because the account may go and the question stays answered.
create table member.founder (
    the_only_one boolean primary key default true check (the_only_one),
    account_id   uuid    not null
);

-- A sign-in on one device, through all rotations of its refresh token. The tokens are here only as SHA-256.
create table member.session (
    id                  uuid        primary key,
    member_id           uuid        not null references member.account on delete cascade,
    family_hash         bytea       not null unique,  -- of the part that all tokens of the session share
    token_hash          bytea       not null,         -- of the part of the one token that is good now
    previous_token_hash bytea,                        -- of the token before
    successor_nonce     bytea,                        -- makes the token before into the one that is good now
    rotated_at          timestamptz,
    created_at          timestamptz not null,
    last_seen_at        timestamptz not null,
    expires_at          timestamptz not null,
    ended_at            timestamptz,
    user_agent          text        not null
);

create index session_of_member on member.session (member_id, last_seen_at);
create index session_ended on member.session (ended_at) where ended_at is not null;
