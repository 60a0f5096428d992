-- Vectors packed many to a row. One to a row wastes a third of the file (a vector fills a page and a half), and finding those of a space reads
-- pages of its neighbours.

-- A space gets a short number, so that rows of vectors need not repeat its three ids. Numbers are never used twice.
ALTER TABLE spaces RENAME TO old_spaces;
CREATE TABLE spaces (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at REAL NOT NULL,
    -- Changes when the rows of the space are replaced by others: what anybody holds of it is then worth nothing.
    epoch INTEGER NOT NULL DEFAULT (random()),
    -- Bytes of vectors written since revision packed_at, when the small blocks were packed into greater ones.
    loose_bytes INTEGER NOT NULL DEFAULT 0,
    packed_at INTEGER NOT NULL DEFAULT 0,
    -- The removals after this revision are all in vector_removals.
    removals_after INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, user_id, agent_id)
);
INSERT INTO spaces (tenant_id, user_id, agent_id, revision, created_at)
    SELECT tenant_id, user_id, agent_id, revision, created_at FROM old_spaces;
INSERT INTO spaces (tenant_id, user_id, agent_id, revision, created_at)
    SELECT DISTINCT tenant_id, user_id, agent_id, 0, 0 FROM vectors WHERE true
    ON CONFLICT (tenant_id, user_id, agent_id) DO NOTHING;
DROP TABLE old_spaces;

ALTER TABLE vectors RENAME TO old_vectors;

-- Vectors of one collection, model and dimension that were written or packed together. They lie in the order of the space's revisions.
CREATE TABLE vector_blocks (
    space INTEGER NOT NULL REFERENCES spaces (number) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    revision INTEGER NOT NULL,
    part INTEGER NOT NULL,
    model TEXT,
    dimension INTEGER NOT NULL,
    ids TEXT NOT NULL,
    vectors BLOB NOT NULL,
    texts TEXT NOT NULL,
    PRIMARY KEY (space, collection, revision, part)
) WITHOUT ROWID;

-- In which block each vector is.
CREATE TABLE vectors (
    space INTEGER NOT NULL REFERENCES spaces (number) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (space, collection, id)
) WITHOUT ROWID;

-- Which vectors were removed when, so that whoever holds a space's vectors in memory need not read them anew.
CREATE TABLE vector_removals (
    space INTEGER NOT NULL REFERENCES spaces (number) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (space, collection, revision, id)
) WITHOUT ROWID;

-- One to a block at first; the next commit of a space packs its own. What is no row of whole floats could not be used and can be embedded anew.
CREATE TABLE old_places AS
    SELECT s.number AS space, v.collection, v.id, s.revision, row_number() OVER (PARTITION BY s.number ORDER BY v.collection, v.id) AS part, v.rowid AS old
    FROM old_vectors v JOIN spaces s ON s.tenant_id = v.tenant_id AND s.user_id = v.user_id AND s.agent_id = v.agent_id
    WHERE length(v.vector) > 0 AND length(v.vector) % 4 = 0;
INSERT INTO vectors (space, collection, id, revision, part) SELECT space, collection, id, revision, part FROM old_places;
INSERT INTO vector_blocks (space, collection, revision, part, model, dimension, ids, vectors, texts)
    SELECT p.space, p.collection, p.revision, p.part, v.model, length(v.vector) / 4, json_array(v.id), v.vector, json_array(v.text)
    FROM old_places p JOIN old_vectors v ON v.rowid = p.old;
UPDATE spaces SET loose_bytes = (SELECT COALESCE(SUM(length(b.vectors)), 0) FROM vector_blocks b WHERE b.space = spaces.number);
DROP TABLE old_places;
DROP TABLE old_vectors;
