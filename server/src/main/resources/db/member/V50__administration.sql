-- A suspended account keeps everything and lets nobody in.
alter table member.account add column suspended_at timestamptz;

-- Administrators page through accounts by name and look names up by their beginning, in whatever collation the database is.
create index account_in_order on member.account (username_key collate "C");
create index account_administrators on member.account (id) where administrator;
