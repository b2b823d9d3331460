-- What a member has beside the password: an authenticator app (TOTP, RFC 6238). One row from the first enrolment on.
create table member.second_factor (
    member_id      uuid   primary key references member.account on delete cascade,
    secret         bytea,   -- encrypted (SecretBox); null until a first code has confirmed it
    pending_secret bytea,   -- encrypted; of an enrolment that waits for its first code
    last_step      bigint not null default 0  -- the last period of 30 s whose code was accepted: no code is good twice
);

-- For when the app is gone. Each is good once, and deleted then.
create table member.recovery_code (
    member_id uuid  not null references member.second_factor on delete cascade,
    code_hash bytea not null,  -- HMAC-SHA256 under a key that is not in this database
    primary key (member_id, code_hash)
);
