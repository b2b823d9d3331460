-- How many pictures were taken in each town and with each camera, so that a page on which a search begins counts no million rows. Kept by the
-- triggers below, as the months are. What is shown is said here once more; picup.library.Shown has it for queries.
CREATE TABLE storage.facet (
    owner_id uuid    NOT NULL,
    kind     text    NOT NULL CHECK (kind IN ('place', 'camera')),
    value    text    NOT NULL, -- id of the town; make and model with a tabulator between them
    pictures integer NOT NULL,
    PRIMARY KEY (owner_id, kind, value)
);
CREATE INDEX facet_largest ON storage.facet (owner_id, kind, pictures DESC, value);

CREATE FUNCTION storage.count_facets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In the order of the key, so that two statements never wait for each other crosswise.
    IF TG_OP = 'INSERT' THEN
        INSERT INTO storage.facet AS f (owner_id, kind, value, pictures)
        SELECT owner_id, facet.kind, facet.value, count(*) FROM new_rows
        CROSS JOIN LATERAL (VALUES ('place', place_id::text), ('camera', nullif(concat(make, E'\t', model), E'\t'))) AS facet (kind, value)
        WHERE trashed_at IS NULL AND part_of IS NULL AND NOT locked AND facet.value IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (owner_id, kind, value) DO UPDATE SET pictures = f.pictures + excluded.pictures;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO storage.facet AS f (owner_id, kind, value, pictures)
        SELECT owner_id, facet.kind, facet.value, -count(*) FROM old_rows
        CROSS JOIN LATERAL (VALUES ('place', place_id::text), ('camera', nullif(concat(make, E'\t', model), E'\t'))) AS facet (kind, value)
        WHERE trashed_at IS NULL AND part_of IS NULL AND NOT locked AND facet.value IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (owner_id, kind, value) DO UPDATE SET pictures = f.pictures + excluded.pictures;
    ELSE
        INSERT INTO storage.facet AS f (owner_id, kind, value, pictures)
        SELECT owner_id, kind, value, sum(change) FROM (
            SELECT owner_id, facet.kind, facet.value, 1 AS change FROM new_rows
            CROSS JOIN LATERAL (VALUES ('place', place_id::text), ('camera', nullif(concat(make, E'\t', model), E'\t'))) AS facet (kind, value)
            WHERE trashed_at IS NULL AND part_of IS NULL AND NOT locked AND facet.value IS NOT NULL
            UNION ALL
            SELECT owner_id, facet.kind, facet.value, -1 FROM old_rows
            CROSS JOIN LATERAL (VALUES ('place', place_id::text), ('camera', nullif(concat(make, E'\t', model), E'\t'))) AS facet (kind, value)
            WHERE trashed_at IS NULL AND part_of IS NULL AND NOT locked AND facet.value IS NOT NULL) AS changes
        GROUP BY 1, 2, 3 HAVING sum(change) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (owner_id, kind, value) DO UPDATE SET pictures = f.pictures + excluded.pictures;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER facet_on_insert AFTER INSERT ON storage.picture
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_facets();
CREATE TRIGGER facet_on_delete AFTER DELETE ON storage.picture
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_facets();
CREATE TRIGGER facet_on_update AFTER UPDATE ON storage.picture
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION storage.count_facets();

INSERT INTO storage.facet (owner_id, kind, value, pictures)
SELECT owner_id, 'camera', concat(make, E'\t', model), count(*) FROM storage.picture
WHERE trashed_at IS NULL AND part_of IS NULL AND NOT locked AND concat(make, model) <> '' GROUP BY 1, 3;
