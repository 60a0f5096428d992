using MemU.Vectors;

namespace MemU.Sql;

/// <summary>Takes vectors that cannot be read, or are not where they are looked for, out of the database: then they can be made anew.</summary>
internal static class VectorRepair
{
    /// <summary>True when there were any.</summary>
    public static async Task<bool> RunAsync(SqlSession session, SpaceState space, CancellationToken cancellationToken)
    {
        var found = false;
        foreach (var collection in VectorCollections.All)
        {
            foreach (var loose in await LooseVectors.ListAsync(session, space, collection, after: -1, cancellationToken))
            {
                if (loose.Record is null)
                {
                    await LooseVectors.RemoveAsync(session, loose.Place, cancellationToken);
                    found = true;
                }
            }

            var blocks = await session.ListAsync(
                "SELECT revision, part FROM vector_blocks WHERE space = @space AND collection = @collection", [("space", space.Number), ("collection", collection)],
                (row, _) => new VectorPlace(collection, row.GetInt64(0), row.GetInt64(1)), cancellationToken);
            foreach (var place in blocks)
            {
                if (!await IsWholeAsync(session, place, cancellationToken))
                {
                    await RemoveAsync(session, space, place, cancellationToken);
                    found = true;
                }
            }
        }

        var lost = await session.ExecuteAsync(
            """
            DELETE FROM vectors WHERE space = @space AND NOT EXISTS (
                SELECT 1 FROM vector_blocks b
                WHERE b.space = vectors.space AND b.collection = vectors.collection AND b.revision = vectors.revision AND b.part = vectors.part)
            """,
            [("space", space.Number)], cancellationToken);
        return found || lost > 0;
    }

    /// <summary>True when the block can be read, and each of its vectors is looked for there and nowhere else.</summary>
    private static async Task<bool> IsWholeAsync(SqlSession session, VectorPlace place, CancellationToken cancellationToken)
    {
        try
        {
            var ids = (await VectorTable.ReadBlockAsync(session, place, cancellationToken))!.Records.Select(r => r.Id).ToList();
            var held = await VectorTable.PlacesAsync(session, place.Collection, ids, cancellationToken);
            return held.Count == ids.Count && held.TrueForAll(h => h.Place == place);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static async Task RemoveAsync(SqlSession session, SpaceState space, VectorPlace place, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { "vectors", "vector_blocks" })
        {
            await session.ExecuteAsync(
                $"DELETE FROM {table} WHERE space = @space AND collection = @collection AND revision = @revision AND part = @part",
                [("space", space.Number), ("collection", place.Collection), ("revision", place.Revision), ("part", place.Part)], cancellationToken);
        }
    }
}
