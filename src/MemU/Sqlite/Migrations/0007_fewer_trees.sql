-- One item a commit writes into fewer trees.

-- Items lie in the tree of their primary key. One index is the key that links point to, by which a space is listed, and the one on (user, agent) that the
-- Python code names: it goes on naming it, and does not make it anew.
CREATE TABLE new_memory_items (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    memory_type TEXT NOT NULL,
    summary TEXT NOT NULL,
    created_at REAL NOT NULL,
    tenant_id TEXT NOT NULL DEFAULT 'default',
    happened_at TEXT,
    FOREIGN KEY (tenant_id, user_id, agent_id, resource_id)
        REFERENCES resources (tenant_id, user_id, agent_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO new_memory_items (id, user_id, agent_id, resource_id, memory_type, summary, created_at, tenant_id, happened_at)
    SELECT COALESCE(id, hex(randomblob(16))), user_id, agent_id, resource_id, memory_type, summary, created_at, tenant_id, happened_at FROM memory_items ORDER BY id;
DROP TABLE memory_items;
ALTER TABLE new_memory_items RENAME TO memory_items;
CREATE UNIQUE INDEX idx_items_user_agent ON memory_items (user_id, agent_id, tenant_id, id);
CREATE INDEX idx_items_resource ON memory_items (resource_id);
CREATE INDEX idx_items_space_summary ON memory_items (tenant_id, user_id, agent_id, substr(summary, 1, 32));
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('memory_items', 'memory_items', '1000000 1'),
    ('memory_items', 'idx_items_user_agent', '1000000 5000 1000 1000 1'),
    ('memory_items', 'idx_items_resource', '1000000 20'),
    ('memory_items', 'idx_items_space_summary', '1000000 1000000 5000 1000 2');

-- A few vectors in a commit of their own carry the space's revision and the bytes to be packed themselves: the row of the space stays as it is.
CREATE TABLE new_loose_vectors (
    place INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    loose_bytes INTEGER NOT NULL,
    model TEXT,
    dimension INTEGER NOT NULL,
    text TEXT,
    vector BLOB NOT NULL
);
INSERT INTO new_loose_vectors (place, collection, id, revision, loose_bytes, model, dimension, text, vector)
    SELECT place, collection, id, revision, 0, model, dimension, text, vector FROM loose_vectors;
DROP TABLE loose_vectors;
ALTER TABLE new_loose_vectors RENAME TO loose_vectors;

-- A block tells by itself of which texts its vectors were made, and its ids take 17 bytes each. An index by text is not kept: each of its entries was a page
-- to write and a twentieth of the file.
DROP INDEX idx_vectors_space_hash;
CREATE TABLE new_vector_blocks (
    space INTEGER NOT NULL REFERENCES spaces (number) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    revision INTEGER NOT NULL,
    part INTEGER NOT NULL,
    model TEXT,
    dimension INTEGER NOT NULL,
    hashes BLOB,
    ids BLOB NOT NULL,
    vectors BLOB NOT NULL,
    texts TEXT NOT NULL,
    PRIMARY KEY (space, collection, revision, part)
) WITHOUT ROWID;
-- Ids that cannot be read are left out: the row is then known for damaged, as it was.
INSERT INTO new_vector_blocks (space, collection, revision, part, model, dimension, hashes, ids, vectors, texts)
    SELECT b.space, b.collection, b.revision, b.part, b.model, b.dimension,
        (SELECT CASE WHEN COUNT(v.text_hash) > 0 THEN unhex(group_concat(CASE WHEN v.text_hash IS NULL THEN '0000000000000000' ELSE hex(substr(v.text_hash, 1, 8)) END, '' ORDER BY i.key)) END
            FROM json_each(CASE WHEN json_valid(b.ids) THEN b.ids ELSE '[]' END) i
            LEFT JOIN vectors v ON v.space = b.space AND v.collection = b.collection AND v.id = i.value AND v.revision = b.revision AND v.part = b.part),
        COALESCE((SELECT unhex(group_concat(CASE
                WHEN i.type <> 'text' THEN NULL
                WHEN i.value GLOB replace('xxxxxxxx-xxxx-[1-8]xxx-[89ab]xxx-xxxxxxxxxxxx', 'x', '[0-9a-f]') THEN '00' || replace(i.value, '-', '')
                WHEN octet_length(i.value) < 255 THEN printf('%02X', octet_length(i.value)) || hex(i.value)
                ELSE printf('FF%02X%02X0000', octet_length(i.value) & 255, octet_length(i.value) >> 8) || hex(i.value)
            END, '' ORDER BY i.key)) FROM json_each(CASE WHEN json_valid(b.ids) THEN b.ids ELSE '[]' END) i), x''),
        b.vectors, b.texts
    FROM vector_blocks b;
DROP TABLE vector_blocks;
ALTER TABLE new_vector_blocks RENAME TO vector_blocks;
ALTER TABLE vectors DROP COLUMN text_hash;
