namespace MemU.Sql;

/// <summary>
/// Vectors in the database itself: many that one transaction writes go into blocks of its own, in the tables <c>vectors</c> and <c>vector_blocks</c>, a few
/// into <c>loose_vectors</c>. Everything is gathered first and written at the end.
/// </summary>
/// <param name="session">The space, in a transaction.</param>
/// <param name="dialect">Of the database.</param>
/// <param name="areSearched">
/// Whether these are the vectors of the space. Then what it still owes to them of these records, of a time when its vectors were elsewhere, is settled by the same
/// transaction: delivered afterwards, it would come over what is newer.
/// </param>
internal sealed class StoredVectors(SqlSession session, SqlDialect dialect, bool areSearched) : SqlVectorTarget
{
    // Removals are remembered for whoever holds the space's vectors in memory; who did not look for a day reads them anew. Revisions follow the clock.
    private const long RevisionsRemembered = 24 * 60 * 60 * 1000;

    private readonly Dictionary<(string Collection, string Id), VectorPlace> removed = [];
    private readonly Dictionary<(string Collection, string Id), VectorRecord> upserted = [];
    private readonly HashSet<(string Collection, string Id)> named = [];

    public override bool WritesSpace => true;

    // Full blocks are never packed.
    public override long BytesOf(IReadOnlyList<VectorRecord> records) =>
        records.GroupBy(r => (r.Collection, r.Model, r.Vector.Length)).Where(g => !VectorBlockWriter.AreFull(g.Count(), g.Key.Length)).Sum(g => g.Sum(VectorPacking.BytesOf));

    public override Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        upserted[(record.Collection, record.Id)] = record;
        named.Add((record.Collection, record.Id));
        return Task.CompletedTask;
    }

    public override async Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken)
    {
        Remove(await VectorTable.PlacesAsync(session, collection, idQuery, id, cancellationToken));
        if (areSearched)
        {
            named.UnionWith(await OwedVectors.NamedAsync(session, collection, idQuery, id, cancellationToken));
        }
    }

    public override async Task RemoveAsync(string collection, string id, CancellationToken cancellationToken)
    {
        Remove(await VectorTable.PlacesAsync(session, collection, [id], cancellationToken));
        named.Add((collection, id));
    }

    public override async Task CompleteAsync(SpaceState space, CancellationToken cancellationToken)
    {
        var isSettled = areSearched && space.OwedRows > 0 && named.Count > 0 && await OwedVectors.SettleAsync(session, space, named, cancellationToken);
        if (isSettled)
        {
            space = space with { OwedRows = 0 };
        }

        if (removed.Count == 0 && upserted.Count == 0)
        {
            await SpaceTable.WriteAsync(session, space, cancellationToken);
            return;
        }

        await using var blocks = new VectorBlockWriter(session, dialect, space);
        var after = await RemoveAsync(blocks, space, cancellationToken);
        var hasRow = false;
        foreach (var group in upserted.Values.GroupBy(r => (r.Collection, r.Model, r.Vector.Length)))
        {
            if (group.Sum(VectorPacking.BytesOf) >= VectorPacking.BytesWorthABlock)
            {
                await LooseVectors.RemoveAsync(session, space, group.Key.Collection, [.. group.Select(r => r.Id)], cancellationToken);
                await blocks.WriteAsync([.. group], areNew: true, cancellationToken);
            }
            else
            {
                await WriteLooseAsync(blocks, space, group, cancellationToken);
                hasRow = true;
            }
        }

        await blocks.FinishAsync(cancellationToken);
        var now = await new VectorPacking(session, blocks, space).RunAsync(after, cancellationToken);
        if (now is not null || !hasRow || isSettled)
        {
            await SpaceTable.WriteAsync(session, now ?? space, cancellationToken);
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Remove(List<(string Id, VectorPlace Place)> found)
    {
        foreach (var (id, place) in found)
        {
            removed[(place.Collection, id)] = place;
        }
    }

    private async Task WriteLooseAsync(
        VectorBlockWriter blocks, SpaceState space, IEnumerable<VectorRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            if (await VectorTable.PlaceAsync(session, space, record.Collection, record.Id, cancellationToken) is { } former)
            {
                await (former.IsLoose ? LooseVectors.RemoveAsync(session, former, cancellationToken) : blocks.TakeOutAsync(record, cancellationToken));
            }

            await LooseVectors.WriteAsync(session, space, record, cancellationToken);
        }
    }

    /// <summary>Takes out what is removed; returns since when the log of removals is whole.</summary>
    private async Task<long> RemoveAsync(VectorBlockWriter blocks, SpaceState space, CancellationToken cancellationToken)
    {
        if (removed.Count == 0)
        {
            return space.RemovalsAfter;
        }

        await using var delete = session.Prepare(
            "DELETE FROM vectors WHERE space = @space AND collection = @collection AND id = @id", ["space", "collection", "id"]);
        await using var log = session.Prepare(
            "INSERT INTO vector_removals (space, collection, revision, id) VALUES (@space, @collection, @revision, @id)",
            ["space", "collection", "revision", "id"]);
        foreach (var ((collection, id), place) in removed)
        {
            if (place.IsLoose)
            {
                await LooseVectors.RemoveAsync(session, place, cancellationToken);
            }
            else
            {
                blocks.TakeOut(place, id);
                await delete.ExecuteAsync(cancellationToken, space.Number, collection, id);
            }

            if (!upserted.ContainsKey((collection, id)))
            {
                await log.ExecuteAsync(cancellationToken, space.Number, collection, space.Revision, id);
            }
        }

        var after = space.Revision - RevisionsRemembered;
        var forgotten = await session.ExecuteAsync(
            "DELETE FROM vector_removals WHERE space = @space AND revision <= @after", [("space", space.Number), ("after", after)], cancellationToken);
        return forgotten > 0 ? after : space.RemovalsAfter;
    }
}
