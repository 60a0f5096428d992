-- Which texts of a space a paid model has embedded: where the vector is in the index (vector is null), or the vector itself once another model's took its
-- place there. A row lives as long as its record says these words.
CREATE TABLE embedded_texts (
    space INTEGER NOT NULL REFERENCES spaces (number) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    model TEXT NOT NULL,
    text_hash BLOB NOT NULL,
    vector BLOB,
    PRIMARY KEY (space, collection, id, model)
) WITHOUT ROWID;
CREATE INDEX idx_embedded_texts_space_hash ON embedded_texts (space, text_hash);
