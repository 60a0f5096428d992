-- The four tables and five indexes that the Python code makes. A file that it made has them already; a new file starts with them too,
-- so that both take the same road from here.
CREATE TABLE IF NOT EXISTS resources (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    url TEXT NOT NULL,
    modality TEXT NOT NULL,
    local_path TEXT NOT NULL,
    caption TEXT,
    created_at REAL NOT NULL,
    UNIQUE (user_id, agent_id, url)
);
CREATE INDEX IF NOT EXISTS idx_resources_user_agent ON resources (user_id, agent_id);

CREATE TABLE IF NOT EXISTS memory_items (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    memory_type TEXT NOT NULL,
    summary TEXT NOT NULL,
    created_at REAL NOT NULL,
    FOREIGN KEY (resource_id) REFERENCES resources (id) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS idx_items_user_agent ON memory_items (user_id, agent_id);
CREATE INDEX IF NOT EXISTS idx_items_resource ON memory_items (resource_id);

CREATE TABLE IF NOT EXISTS categories (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    summary TEXT,
    created_at REAL NOT NULL,
    UNIQUE (user_id, agent_id, name)
);
CREATE INDEX IF NOT EXISTS idx_categories_user_agent ON categories (user_id, agent_id);

CREATE TABLE IF NOT EXISTS category_items (
    item_id TEXT NOT NULL,
    category_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    PRIMARY KEY (item_id, category_id),
    FOREIGN KEY (item_id) REFERENCES memory_items (id) ON DELETE CASCADE,
    FOREIGN KEY (category_id) REFERENCES categories (id) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS idx_category_items_category ON category_items (category_id);
