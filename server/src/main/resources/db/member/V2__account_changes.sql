-- Numbers the news of an account, so that who hears of it can tell which is the later.
alter table member.account add column changes bigint not null default 1;
