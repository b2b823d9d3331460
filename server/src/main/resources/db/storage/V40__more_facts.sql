-- What a file says beyond time, place and camera.
ALTER TABLE storage.picture
    ADD COLUMN frames            integer,
    ADD COLUMN hdr               boolean NOT NULL DEFAULT false,
    ADD COLUMN colour_profile    text,
    ADD COLUMN panorama          jsonb,
    ADD COLUMN frames_per_second double precision,
    ADD COLUMN codec             text,
    ADD COLUMN audio_codec       text,
    ADD COLUMN tags              text[]  NOT NULL DEFAULT '{}',
    ADD COLUMN faces             jsonb,
    ADD COLUMN live_id           text,
    ADD COLUMN burst_id          text,
    ADD COLUMN facts_version     integer NOT NULL DEFAULT 0; -- of the Picup that read them; older ones are read again
