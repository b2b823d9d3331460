-- What a person made of a photo's pixels: the recipe that is wanted, and the one by which it is shown. The original stays as it is. `width`, `height` and
-- `thumb_hash` are of what is shown, wherever a picture is shown; while that is an edit, those of the original are kept beside them.
ALTER TABLE storage.picture
    ADD COLUMN edit                jsonb,                      -- null: as it came
    ADD COLUMN edit_number         integer NOT NULL DEFAULT 0, -- of the last change; what was made for an earlier one is not shown
    ADD COLUMN edit_state          text    CHECK (edit_state IN ('processing', 'ready', 'failed')),
    ADD COLUMN edit_reason         text,                       -- why the last one could not be made
    ADD COLUMN shown_edit          jsonb,                      -- null: the original is shown
    ADD COLUMN shown_edit_number   integer,                    -- its folder
    ADD COLUMN edited_renditions   text[]  NOT NULL DEFAULT '{}',
    ADD COLUMN original_width      integer,
    ADD COLUMN original_height     integer,
    ADD COLUMN original_thumb_hash text;

CREATE INDEX picture_being_edited ON storage.picture (owner_id, id) WHERE edit_state = 'processing';
