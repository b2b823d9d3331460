-- Whoever came by an OpenID provider has no password until they choose one. The release before takes that for a password
-- that never matches, at the same cost.
alter table member.account alter column password_hash drop not null;

-- An account elsewhere by which a member signs in. Found by issuer and subject alone: names and addresses change hands.
create table member.linked_account (
    id           uuid        primary key,
    member_id    uuid        not null references member.account on delete cascade,
    issuer       text        not null,
    subject      text        not null,
    name         text        not null,  -- what the member is called there, to be shown and never compared
    created_at   timestamptz not null,
    last_used_at timestamptz,
    unique (issuer, subject)
);

create index linked_account_of_member on member.linked_account (member_id, created_at);
