namespace MemU.Sql;

/// <summary>
/// Packs the small blocks of a space into full ones when enough of them have come together, so that each vector is written twice at most or a little more.
/// </summary>
internal sealed class VectorPacking(SqlSession session, VectorBlockWriter blocks, SpaceState space)
{
    // Two full blocks.
    private const long MostLooseBytes = 128 * 1024;

    // What one transaction packs at most of a collection: after an upgrade every vector is a block of its own.
    private const int MostBlocks = 1000;

    /// <summary>Packs if it is time, and writes down how the space's vectors stand now.</summary>
    /// <param name="removalsAfter">Since when the log of removals is whole.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task RunAsync(long removalsAfter, CancellationToken cancellationToken)
    {
        var now = space with { RemovalsAfter = removalsAfter };
        if (space.LooseBytes >= MostLooseBytes)
        {
            var all = true;
            foreach (var collection in VectorCollections.All)
            {
                all &= await PackAsync(collection, cancellationToken);
            }

            now = all ? now with { LooseBytes = 0, PackedAt = space.Revision } : now;
        }

        if (now != space)
        {
            await session.ExecuteAsync(
                "UPDATE spaces SET loose_bytes = @loose, packed_at = @packed, removals_after = @after WHERE number = @space",
                [("loose", now.LooseBytes), ("packed", now.PackedAt), ("after", now.RemovalsAfter), ("space", space.Number)], cancellationToken);
        }
    }

    /// <summary>True when all small blocks of the collection were looked at.</summary>
    private async Task<bool> PackAsync(string collection, CancellationToken cancellationToken)
    {
        var small = await session.ListAsync(
            """
            SELECT revision, part, model, dimension FROM vector_blocks
            WHERE space = @space AND collection = @collection AND revision >= @packed AND length(vectors) < @full ORDER BY revision, part LIMIT @limit
            """,
            [("space", space.Number), ("collection", collection), ("packed", space.PackedAt), ("full", VectorBlockWriter.BytesOfBlock), ("limit", MostBlocks)],
            (row, _) => (Place: new VectorPlace(collection, row.GetInt64(0), row.GetInt64(1)), Model: row.TextOrNull(2), Dimension: row.GetInt32(3)),
            cancellationToken);
        foreach (var group in small.GroupBy(b => (b.Model, b.Dimension), b => b.Place).Where(g => g.Count() > 1))
        {
            var records = new List<VectorRecord>();
            foreach (var place in group)
            {
                records.AddRange(await TakeAsync(place, cancellationToken));
            }

            if (records.Count > 0)
            {
                await blocks.WriteAsync(records, areNew: false, cancellationToken);
            }
        }

        return small.Count < MostBlocks;
    }

    private async Task<IReadOnlyList<VectorRecord>> TakeAsync(VectorPlace place, CancellationToken cancellationToken)
    {
        try
        {
            var block = await VectorTable.ReadBlockAsync(session, place, cancellationToken);
            await blocks.DeleteAsync(place, cancellationToken);
            return block!.Records;
        }
        catch (InvalidDataException)
        {
            // It stays where it is: searching reports it, and writing its vectors anew replaces it. That must not be prevented from here.
            return [];
        }
    }
}
