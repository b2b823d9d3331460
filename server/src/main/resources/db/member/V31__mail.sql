-- Where mail reaches a member who wants any. Never used to sign in, so it need not be unique.
ALTER TABLE member.account ADD COLUMN email text;

-- db-scheduler's table, as the lane `member.mail`: a mail server that answers slowly holds nobody else up.
CREATE TABLE member.mail (LIKE member.outbox INCLUDING ALL);
