-- What a model has embedded is written down many texts to a row where many come at once: each row by itself costs two trees, and one of them another page for each.
CREATE TABLE embedded_blocks (
    space INTEGER NOT NULL REFERENCES spaces (number) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    last_id TEXT NOT NULL,
    first_id TEXT NOT NULL,
    model TEXT NOT NULL,
    hashes BLOB NOT NULL,
    ids BLOB NOT NULL,
    PRIMARY KEY (space, collection, last_id)
) WITHOUT ROWID;
