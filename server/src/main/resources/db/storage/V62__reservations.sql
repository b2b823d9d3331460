-- Space that is set aside for uploads that are on their way: the sum of `reserved_bytes` of their rows. Counts against the quota as what is used.
ALTER TABLE storage.space ADD COLUMN reserved_bytes bigint NOT NULL DEFAULT 0 CHECK (reserved_bytes >= 0);
