-- When the member last proved in this session who they are, after the sign-in itself.
alter table member.session add column proved_at timestamptz;

-- What the server must remember between the steps of something that takes several: a passkey's challenge, the way to an
-- OpenID provider and back. A row is deleted by whoever uses it, so each is good once.
create table member.handshake (
    key_hash     bytea       primary key,   -- SHA-256 of what comes back with the next step
    kind         text        not null,
    browser_hash bytea,                     -- SHA-256 of the cookie that must come with it
    network      text        not null,      -- who began it; each has a limit
    payload      text        not null,
    expires_at   timestamptz not null
);

create index handshake_expires on member.handshake (expires_at);
create index handshake_network on member.handshake (network);

create table member.passkey (
    id                 uuid        primary key,
    member_id          uuid        not null references member.account on delete cascade,
    credential_id      bytea       not null unique,
    attestation_object bytea       not null,  -- CBOR (WebAuthn, section 6.5); the public key is inside
    signature_count    bigint      not null,  -- of the authenticator; always 0 where the passkey is on many devices
    transports         text        not null,  -- as the browser said, divided by spaces
    name               text        not null,
    user_agent         text        not null,  -- of the browser that added it
    created_at         timestamptz not null,
    last_used_at       timestamptz
);

create index passkey_of_member on member.passkey (member_id, created_at);
