-- From which device or import a picture came, as whoever sent it says. Null: it did not say.
ALTER TABLE storage.picture ADD COLUMN source text CHECK (length(source) BETWEEN 1 AND 100);
