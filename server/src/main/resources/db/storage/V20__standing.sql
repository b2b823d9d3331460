-- What the member of a space may do, as the news of the member said last. The row of a closed space is its tombstone: it
-- stays, so that neither news that come late nor a token that is still good brings the space back.
ALTER TABLE storage.space
    ADD COLUMN standing text NOT NULL DEFAULT 'open' CHECK (standing IN ('open', 'suspended', 'closed')),
    ADD COLUMN standing_change bigint NOT NULL DEFAULT 0, -- number of the news that decided it; an older one is past
    ADD COLUMN standing_since timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN emptied_at timestamptz;                    -- of a closed one, when nothing was left in it
CREATE INDEX space_not_open ON storage.space (owner_id) WHERE standing <> 'open';
