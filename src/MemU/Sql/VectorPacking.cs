namespace MemU.Sql;

/// <summary>
/// Packs the loose vectors of a space, and blocks that are not full, into full ones when enough of them have come together, so that each vector is written
/// twice at most or a little more.
/// </summary>
internal sealed class VectorPacking(SqlSession session, VectorBlockWriter blocks, SpaceState space)
{
    /// <summary>Fewer bytes of one collection, model and dimension stay loose.</summary>
    public const long BytesWorthABlock = VectorBlockWriter.BytesOfBlock / 4;

    // A row of few numbers takes its room too, and is looked at as any other.
    private const long LeastBytes = 512;

    // What one transaction packs at most of a collection: after an upgrade from version 3 every vector is a block of its own.
    private const int MostBlocks = 1000;

    /// <summary>What a vector counts towards a block.</summary>
    public static long BytesOf(VectorRecord record) => Math.Max(record.Vector.Length * (long)sizeof(float), LeastBytes);

    /// <summary>Packs if it is time. Returns how the space stands now if that is not what the rows of this commit say.</summary>
    /// <param name="removalsAfter">Since when the log of removals is whole.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SpaceState?> RunAsync(long removalsAfter, CancellationToken cancellationToken)
    {
        var now = space with { RemovalsAfter = removalsAfter };
        if (space.LooseBytes < VectorBlockWriter.BytesOfBlock)
        {
            return now == space ? null : now;
        }

        var all = true;
        foreach (var collection in VectorCollections.All)
        {
            all &= await PackAsync(collection, cancellationToken);
        }

        await LooseVectors.CloseRanksAsync(session, space, cancellationToken);
        return all ? now with { LooseBytes = 0, PackedAt = space.Revision } : now;
    }

    /// <summary>True when all small blocks of the collection were looked at.</summary>
    private async Task<bool> PackAsync(string collection, CancellationToken cancellationToken)
    {
        var loose = await LooseVectors.ListAsync(session, space, collection, after: -1, cancellationToken);
        var small = await session.ListAsync(
            """
            SELECT revision, part, model, dimension FROM vector_blocks
            WHERE space = @space AND collection = @collection AND revision >= @packed AND length(vectors) < @full ORDER BY revision, part LIMIT @limit
            """,
            [("space", space.Number), ("collection", collection), ("packed", space.PackedAt), ("full", VectorBlockWriter.BytesOfBlock), ("limit", MostBlocks)],
            (row, _) => (Place: new VectorPlace(collection, row.GetInt64(0), row.GetInt64(1)), Model: row.TextOrNull(2), Dimension: row.GetInt64(3)),
            cancellationToken);

        // A damaged one stays where it is: searching reports it, and writing its vectors anew replaces it. That must not be prevented from here.
        var rows = loose.Where(l => l.Record is not null).ToLookup(l => (l.Record!.Model, (long)l.Record.Vector.Length), l => (l.Place, Record: l.Record!));
        var blocksOf = small.ToLookup(b => (b.Model, b.Dimension), b => b.Place);
        foreach (var kind in rows.Select(g => g.Key).Union(blocksOf.Select(g => g.Key)))
        {
            if (blocksOf[kind].Count() > 1 || rows[kind].Sum(r => BytesOf(r.Record)) >= BytesWorthABlock)
            {
                await PackAsync(blocksOf[kind], rows[kind], cancellationToken);
            }
        }

        return small.Count < MostBlocks;
    }

    private async Task PackAsync(
        IEnumerable<VectorPlace> small, IEnumerable<(VectorPlace Place, VectorRecord Record)> loose, CancellationToken cancellationToken)
    {
        var records = new List<VectorRecord>();
        foreach (var place in small)
        {
            records.AddRange(await TakeAsync(place, cancellationToken));
        }

        foreach (var (place, record) in loose)
        {
            records.Add(record);
            await LooseVectors.RemoveAsync(session, place, cancellationToken);
        }

        if (records.Count > 0)
        {
            await blocks.WriteAsync(records, areNew: false, cancellationToken);
        }
    }

    private async Task<IEnumerable<VectorRecord>> TakeAsync(VectorPlace place, CancellationToken cancellationToken)
    {
        try
        {
            // What the directory has lost may have been embedded anew since, and be elsewhere.
            var block = await VectorTable.ReadBlockAsync(session, place, cancellationToken);
            var held = await VectorTable.PlacesAsync(session, place.Collection, block!.Records.Select(r => r.Id), cancellationToken);
            var here = held.Where(h => h.Place == place).Select(h => h.Id).ToHashSet(StringComparer.Ordinal);
            await blocks.DeleteAsync(place, cancellationToken);
            return block.Records.Where(r => here.Contains(r.Id));
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
