using MemU.Vectors;

namespace MemU.Crash;

/// <summary>An encrypted database as version 4 of the schema left it: the Python code has none.</summary>
internal static class OlderFile
{
    // So many together are written as blocks, which version 4 knew, and not as rows of their own.
    private const int Padding = 64;

    private const string TakeBack =
        """
        DROP TABLE loose_vectors;
        DROP INDEX idx_vectors_space_hash;
        ALTER TABLE vectors DROP COLUMN text_hash;
        CREATE INDEX idx_items_space_resource ON memory_items (tenant_id, user_id, agent_id, resource_id, id);
        DELETE FROM sqlite_stat1;
        DROP TABLE embedded_texts;
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
