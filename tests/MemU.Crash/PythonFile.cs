using Microsoft.Data.Sqlite;

namespace MemU.Crash;

/// <summary>A database as the Python code leaves it.</summary>
internal static class PythonFile
{
    private const string Content =
        """
        CREATE TABLE resources (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, url TEXT NOT NULL, modality TEXT NOT NULL,
            local_path TEXT NOT NULL, caption TEXT, created_at REAL NOT NULL, UNIQUE(user_id, agent_id, url));
        CREATE TABLE memory_items (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, resource_id TEXT NOT NULL,
            memory_type TEXT NOT NULL, summary TEXT NOT NULL, created_at REAL NOT NULL, FOREIGN KEY (resource_id) REFERENCES resources(id) ON DELETE CASCADE);
        CREATE TABLE categories (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, name TEXT NOT NULL,
            description TEXT NOT NULL, summary TEXT, created_at REAL NOT NULL, UNIQUE(user_id, agent_id, name));
        CREATE TABLE category_items (item_id TEXT NOT NULL, category_id TEXT NOT NULL, user_id TEXT NOT NULL, agent_id TEXT NOT NULL,
            PRIMARY KEY (item_id, category_id), FOREIGN KEY (item_id) REFERENCES memory_items(id) ON DELETE CASCADE,
            FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO resources SELECT 'r' || i, 'default', 'default', '/chats/' || i || '.json', 'conversation', './data/' || i || '.json', NULL, 1762160400 + i FROM n;
        INSERT INTO memory_items SELECT 'i' || substr(id, 2), 'default', 'default', id, 'profile', 'Plays instrument ' || id || '.', created_at FROM resources;
        INSERT INTO categories VALUES ('c', 'default', 'default', 'activities', 'Activities', NULL, 1762160406);
        INSERT INTO category_items SELECT id, 'c', 'default', 'default' FROM memory_items;
        """;

    public static async Task PutAsync(Scene scene)
    {
        Directory.Delete(scene.Data, recursive: true);
        Directory.CreateDirectory(scene.Data);
        Run(scene.Data, Content);
        await Task.CompletedTask;
    }

    /// <summary>How many rows a table has.</summary>
    public static long Count(string data, string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "memu.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Runs SQL on the database of a folder.</summary>
    public static void Run(string data, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "memu.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
