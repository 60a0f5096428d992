using MemU.Vectors;

namespace MemU.Crash;

/// <summary>An encrypted database as version 4 of the schema left it: the Python code has none.</summary>
internal static class OlderFile
{
    // So many together are written as blocks, which version 4 knew, and not as rows of their own.
    private const int Padding = 64;

    // All ids are UUIDs, 17 bytes each in a list of this version.
    private const string TakeBack =
        """
        PRAGMA foreign_keys = OFF;
        CREATE TABLE old_items (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, resource_id TEXT NOT NULL, memory_type TEXT NOT NULL,
            summary TEXT NOT NULL, created_at REAL NOT NULL, tenant_id TEXT NOT NULL DEFAULT 'default', happened_at TEXT, UNIQUE (tenant_id, user_id, agent_id, id),
            FOREIGN KEY (tenant_id, user_id, agent_id, resource_id) REFERENCES resources (tenant_id, user_id, agent_id, id) ON DELETE CASCADE);
        INSERT INTO old_items SELECT * FROM memory_items;
        DROP TABLE memory_items;
        ALTER TABLE old_items RENAME TO memory_items;
        CREATE INDEX idx_items_user_agent ON memory_items (user_id, agent_id);
        CREATE INDEX idx_items_resource ON memory_items (resource_id);
        CREATE INDEX idx_items_space_resource ON memory_items (tenant_id, user_id, agent_id, resource_id, id);
        CREATE INDEX idx_items_space_summary ON memory_items (tenant_id, user_id, agent_id, substr(summary, 1, 32));
        CREATE TABLE old_blocks (space INTEGER NOT NULL REFERENCES spaces (number) ON DELETE CASCADE, collection TEXT NOT NULL, revision INTEGER NOT NULL,
            part INTEGER NOT NULL, model TEXT, dimension INTEGER NOT NULL, ids TEXT NOT NULL, vectors BLOB NOT NULL, texts TEXT NOT NULL,
            PRIMARY KEY (space, collection, revision, part)) WITHOUT ROWID;
        WITH RECURSIVE places (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM places WHERE i < 999)
        INSERT INTO old_blocks SELECT space, collection, revision, part, model, dimension,
            (SELECT '["' || group_concat(lower(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-' || substr(h, 17, 4) || '-' || substr(h, 21)), '","' ORDER BY i) || '"]'
                FROM (SELECT i, hex(substr(ids, 17 * i + 2, 16)) AS h FROM places WHERE 17 * i < length(ids))),
            vectors, texts FROM vector_blocks;
        DROP TABLE vector_blocks;
        ALTER TABLE old_blocks RENAME TO vector_blocks;
        DROP TABLE loose_vectors;
        DROP TABLE owed_vectors;
        CREATE TABLE owed_vectors (sequence INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, agent_id TEXT NOT NULL,
            collection TEXT NOT NULL, id TEXT NOT NULL, model TEXT, vector BLOB, text TEXT);
        CREATE INDEX idx_owed_vectors_space ON owed_vectors (tenant_id, user_id, agent_id, sequence);
        ALTER TABLE spaces DROP COLUMN owed_rows;
        DELETE FROM sqlite_stat1;
        DROP TABLE embedded_texts;
        DROP TABLE embedded_blocks;
        DELETE FROM memu_schema WHERE version >= 5;
        VACUUM
        """;

    public static async Task PutAsync(Scene scene)
    {
        await using (var house = scene.Open())
        {
            await foreach (var scope in house.Maintenance.ListSpacesAsync())
            {
                foreach (var collection in VectorCollections.All)
                {
                    await IntoBlocksAsync(house.Index, scope, collection);
                }
            }
        }

        Assert.Equal(0L, PythonFile.Count(scene.Data, "loose_vectors"));
        PythonFile.Run(scene.Data, TakeBack);
    }

    private static async Task IntoBlocksAsync(IVectorIndex index, MemoryScope scope, string collection)
    {
        var all = await index.ListAsync(scope, collection, default).ToListAsync();
        foreach (var kind in all.GroupBy(v => (v.Model, v.Vector.Length)))
        {
            var first = kind.First();
            List<VectorRecord> padding = [.. Enumerable.Range(0, Padding).Select(n => first with { Id = $"padding {n}" })];
            await index.ApplyAsync(scope, new VectorChanges { Upserted = [.. kind, .. padding] }, default);
            await index.ApplyAsync(scope, new VectorChanges { Removed = [.. padding.Select(p => (collection, p.Id))] }, default);
        }
    }
}
