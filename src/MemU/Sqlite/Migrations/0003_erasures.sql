-- Which spaces were erased: the key of the space, and eight bytes of the hash of each id that went with it. With them the raw files can be searched
-- for what should be gone. No word and no name is kept.
CREATE TABLE erasures (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    space_key TEXT NOT NULL,
    erased_at REAL NOT NULL,
    ids BLOB NOT NULL
);
