-- False for what was tried a few times and then given up, as nobody loses anything by it.
ALTER TABLE member.dead_letter ADD COLUMN essential boolean NOT NULL DEFAULT true;
