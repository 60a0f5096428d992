-- Fewer and fuller pages for one item a commit.

-- Vectors that came one by one, a row each, until enough of them fill a block. The rows of a space lie together without an index: their places are the
-- space's number times 2^32, and a running number.
CREATE TABLE loose_vectors (
    place INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    model TEXT,
    dimension INTEGER NOT NULL,
    text TEXT,
    vector BLOB NOT NULL
);

-- What a model was paid for stands beside where its vector is; embedded_texts keeps what another index holds, and former vectors.
ALTER TABLE vectors ADD COLUMN text_hash BLOB;
UPDATE vectors SET text_hash = (
    SELECT e.text_hash FROM embedded_texts e
    JOIN vector_blocks b ON b.space = vectors.space AND b.collection = vectors.collection AND b.revision = vectors.revision AND b.part = vectors.part
    WHERE e.space = vectors.space AND e.collection = vectors.collection AND e.id = vectors.id AND e.model = b.model AND e.vector IS NULL);
DELETE FROM embedded_texts WHERE vector IS NULL AND EXISTS (
    SELECT 1 FROM vectors v
    WHERE v.space = embedded_texts.space AND v.collection = embedded_texts.collection AND v.id = embedded_texts.id AND v.text_hash = embedded_texts.text_hash);
CREATE INDEX idx_vectors_space_hash ON vectors (space, text_hash) WHERE text_hash IS NOT NULL;

-- Items of a resource are found by idx_items_resource: no two spaces share a resource. What SQLite would guess of the indexes it is told, so that it does
-- not look through a whole space for them.
DROP INDEX idx_items_space_resource;
ANALYZE memu_schema;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('memory_items', 'sqlite_autoindex_memory_items_1', '1000000 1'),
    ('memory_items', 'sqlite_autoindex_memory_items_2', '1000000 1000000 5000 1000 1'),
    ('memory_items', 'idx_items_user_agent', '1000000 5000 1000'),
    ('memory_items', 'idx_items_resource', '1000000 20'),
    ('memory_items', 'idx_items_space_summary', '1000000 1000000 5000 1000 2');
