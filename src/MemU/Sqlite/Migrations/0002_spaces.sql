-- Tenants, and keys that include the whole scope: a row can only point at rows of its own space.
-- The four tables are made anew because SQLite cannot change a table's keys. Every added column has a default, so that the Python
-- code can go on inserting; its named indexes stay as they were. Foreign keys are off while this runs: rows whose parent is missing are kept.
ALTER TABLE resources RENAME TO old_resources;
ALTER TABLE memory_items RENAME TO old_memory_items;
ALTER TABLE categories RENAME TO old_categories;
ALTER TABLE category_items RENAME TO old_category_items;
DROP INDEX IF EXISTS idx_resources_user_agent;
DROP INDEX IF EXISTS idx_items_user_agent;
DROP INDEX IF EXISTS idx_items_resource;
DROP INDEX IF EXISTS idx_categories_user_agent;
DROP INDEX IF EXISTS idx_category_items_category;

CREATE TABLE resources (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    url TEXT NOT NULL,
    modality TEXT NOT NULL,
    local_path TEXT NOT NULL,
    caption TEXT,
    created_at REAL NOT NULL,
    tenant_id TEXT NOT NULL DEFAULT 'default',
    content_hash TEXT,
    size INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant_id, user_id, agent_id, url),
    UNIQUE (tenant_id, user_id, agent_id, id)
);

CREATE TABLE memory_items (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    memory_type TEXT NOT NULL,
    summary TEXT NOT NULL,
    created_at REAL NOT NULL,
    tenant_id TEXT NOT NULL DEFAULT 'default',
    happened_at TEXT,
    UNIQUE (tenant_id, user_id, agent_id, id),
    FOREIGN KEY (tenant_id, user_id, agent_id, resource_id)
        REFERENCES resources (tenant_id, user_id, agent_id, id) ON DELETE CASCADE
);

CREATE TABLE categories (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    summary TEXT,
    created_at REAL NOT NULL,
    tenant_id TEXT NOT NULL DEFAULT 'default',
    UNIQUE (tenant_id, user_id, agent_id, name),
    UNIQUE (tenant_id, user_id, agent_id, id)
);

CREATE TABLE category_items (
    item_id TEXT NOT NULL,
    category_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL DEFAULT 'default',
    PRIMARY KEY (item_id, category_id),
    FOREIGN KEY (tenant_id, user_id, agent_id, item_id)
        REFERENCES memory_items (tenant_id, user_id, agent_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id, agent_id, category_id)
        REFERENCES categories (tenant_id, user_id, agent_id, id) ON DELETE CASCADE
);

INSERT INTO resources (id, user_id, agent_id, url, modality, local_path, caption, created_at)
    SELECT id, user_id, agent_id, url, modality, local_path, caption, created_at FROM old_resources;
INSERT INTO memory_items (id, user_id, agent_id, resource_id, memory_type, summary, created_at)
    SELECT id, user_id, agent_id, resource_id, memory_type, summary, created_at FROM old_memory_items;
INSERT INTO categories (id, user_id, agent_id, name, description, summary, created_at)
    SELECT id, user_id, agent_id, name, description, summary, created_at FROM old_categories;
INSERT INTO category_items (item_id, category_id, user_id, agent_id)
    SELECT item_id, category_id, user_id, agent_id FROM old_category_items;

DROP TABLE old_category_items;
DROP TABLE old_memory_items;
DROP TABLE old_categories;
DROP TABLE old_resources;

CREATE INDEX idx_resources_user_agent ON resources (user_id, agent_id);
CREATE INDEX idx_items_user_agent ON memory_items (user_id, agent_id);
CREATE INDEX idx_items_resource ON memory_items (resource_id);
CREATE INDEX idx_categories_user_agent ON categories (user_id, agent_id);
CREATE INDEX idx_category_items_category ON category_items (category_id);

CREATE INDEX idx_items_space_resource ON memory_items (tenant_id, user_id, agent_id, resource_id, id);
-- Finds items of exactly one text without keeping every text twice.
CREATE INDEX idx_items_space_summary ON memory_items (tenant_id, user_id, agent_id, substr(summary, 1, 32));
CREATE INDEX idx_category_items_space_item ON category_items (tenant_id, user_id, agent_id, item_id, category_id);
CREATE INDEX idx_category_items_space_category ON category_items (tenant_id, user_id, agent_id, category_id, item_id);

CREATE TABLE passages (
    id TEXT NOT NULL PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    start INTEGER NOT NULL,
    role TEXT,
    message_id TEXT,
    happened_at TEXT,
    text TEXT NOT NULL,
    UNIQUE (tenant_id, user_id, agent_id, id),
    FOREIGN KEY (tenant_id, user_id, agent_id, resource_id)
        REFERENCES resources (tenant_id, user_id, agent_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_passages_space_resource ON passages (tenant_id, user_id, agent_id, resource_id, position, id);

CREATE TABLE item_passages (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    passage_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, agent_id, item_id, position),
    FOREIGN KEY (tenant_id, user_id, agent_id, item_id)
        REFERENCES memory_items (tenant_id, user_id, agent_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id, agent_id, passage_id)
        REFERENCES passages (tenant_id, user_id, agent_id, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX idx_item_passages_space_passage ON item_passages (tenant_id, user_id, agent_id, passage_id);

-- What items said before they were replaced or edited. It outlives the items, so nothing here refers to them.
CREATE TABLE item_history (
    id TEXT NOT NULL PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    memory_type TEXT NOT NULL,
    summary TEXT NOT NULL,
    created_at REAL NOT NULL,
    replaced_at REAL NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX idx_item_history_space ON item_history (tenant_id, user_id, agent_id, id);
CREATE INDEX idx_item_history_space_item ON item_history (tenant_id, user_id, agent_id, item_id, id);

-- Vector writes that the vector index has not confirmed yet; a row without a vector is a removal. Sequences are never used twice.
CREATE TABLE owed_vectors (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    model TEXT,
    vector BLOB,
    text TEXT
);
CREATE INDEX idx_owed_vectors_space ON owed_vectors (tenant_id, user_id, agent_id, sequence);

-- The vectors themselves where they are kept in this file: little-endian 32-bit floats, one after the other.
CREATE TABLE vectors (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    model TEXT,
    vector BLOB NOT NULL,
    text TEXT,
    PRIMARY KEY (tenant_id, user_id, agent_id, collection, id)
);

-- The revision grows with every commit to the space.
CREATE TABLE spaces (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at REAL NOT NULL,
    PRIMARY KEY (tenant_id, user_id, agent_id)
) WITHOUT ROWID;
