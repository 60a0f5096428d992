namespace MemU.Tests.Sqlite;

/// <summary>What the Python code leaves behind: its tables, and rows of several users with all the gaps it allows.</summary>
internal static class PythonFile
{
    public const string Tables =
        """
        CREATE TABLE IF NOT EXISTS resources (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, url TEXT NOT NULL, modality TEXT NOT NULL,
            local_path TEXT NOT NULL, caption TEXT, created_at REAL NOT NULL, UNIQUE(user_id, agent_id, url));
        CREATE INDEX IF NOT EXISTS idx_resources_user_agent ON resources(user_id, agent_id);
        CREATE TABLE IF NOT EXISTS memory_items (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, resource_id TEXT NOT NULL,
            memory_type TEXT NOT NULL, summary TEXT NOT NULL, created_at REAL NOT NULL,
            FOREIGN KEY (resource_id) REFERENCES resources(id) ON DELETE CASCADE);
        CREATE INDEX IF NOT EXISTS idx_items_user_agent ON memory_items(user_id, agent_id);
        CREATE INDEX IF NOT EXISTS idx_items_resource ON memory_items(resource_id);
        CREATE TABLE IF NOT EXISTS categories (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, name TEXT NOT NULL,
            description TEXT NOT NULL, summary TEXT, created_at REAL NOT NULL, UNIQUE(user_id, agent_id, name));
        CREATE INDEX IF NOT EXISTS idx_categories_user_agent ON categories(user_id, agent_id);
        CREATE TABLE IF NOT EXISTS category_items (item_id TEXT NOT NULL, category_id TEXT NOT NULL, user_id TEXT NOT NULL, agent_id TEXT NOT NULL,
            PRIMARY KEY (item_id, category_id),
            FOREIGN KEY (item_id) REFERENCES memory_items(id) ON DELETE CASCADE,
            FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE);
        CREATE INDEX IF NOT EXISTS idx_category_items_category ON category_items(category_id);
        """;

    private const string Rows =
        """
        INSERT INTO resources VALUES ('r-alice', 'alice', 'assistant_v1', '/chats/monday.json', 'conversation', './data/resources/monday.json', NULL, 1762160400.123456);
        INSERT INTO resources VALUES ('r-bob', 'bob', 'assistant_v1', '/chats/monday.json', 'conversation', './data/resources/monday.json', 'Bob talks', 1762160401.5);
        INSERT INTO resources VALUES ('r-failed', 'bob', 'assistant_v1', '/chats/failed.json', 'conversation', './data/resources/failed.json', NULL, 1762160402.0);
        INSERT INTO memory_items VALUES ('i-alice', 'alice', 'assistant_v1', 'r-alice', 'profile', 'Alice plays the cello.', 1762160403.25);
        INSERT INTO memory_items VALUES ('i-bob', 'bob', 'assistant_v1', 'r-bob', 'event', 'Bob moved to Oslo.', 1762160404.0);
        INSERT INTO memory_items VALUES ('i-orphan', 'alice', 'assistant_v1', 'r-gone', 'knowledge', 'Its source is gone.', 1762160405.0);
        INSERT INTO categories VALUES ('c-alice', 'alice', 'assistant_v1', 'activities', 'Activities, hobbies, and interests', NULL, 1762160406.0);
        INSERT INTO categories VALUES ('c-bob', 'bob', 'assistant_v1', 'activities', 'Activities, hobbies, and interests', 'Bob moves.', 1762160407.0);
        INSERT INTO category_items VALUES ('i-alice', 'c-alice', 'alice', 'assistant_v1');
        INSERT INTO category_items VALUES ('i-bob', 'c-bob', 'bob', 'assistant_v1');
        INSERT INTO category_items VALUES ('i-gone', 'c-alice', 'alice', 'assistant_v1');
        """;

    public static void Make(SqliteHouse house, string? file = null)
    {
        house.Run(Tables, file);
        house.Run(Rows, file);
    }
}
