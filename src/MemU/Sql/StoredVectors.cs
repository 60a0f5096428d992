namespace MemU.Sql;

/// <summary>
/// Vectors in the database itself: many that one transaction writes go into blocks of its own, in the tables <c>vectors</c> and <c>vector_blocks</c>, a few
/// into <c>loose_vectors</c>. Everything is gathered first and written at the end.
/// </summary>
internal sealed class StoredVectors(SqlSession session, SqlDialect dialect) : SqlVectorTarget
{
    // Removals are remembered for whoever holds the space's vectors in memory; who did not look for a day reads them anew. Revisions follow the clock.
    private const long RevisionsRemembered = 24 * 60 * 60 * 1000;

    private readonly Dictionary<(string Collection, string Id), VectorPlace> removed = [];
    private readonly Dictionary<(string Collection, string Id), VectorRecord> upserted = [];

    public override bool KeepsWords => true;

    public override long BytesOf(IReadOnlyList<VectorRecord> records) => records.Sum(VectorPacking.BytesOf);

    public override Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        upserted[(record.Collection, record.Id)] = record;
        return Task.CompletedTask;
    }

    public override async Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken) =>
        Remove(await VectorTable.PlacesAsync(session, collection, idQuery, id, cancellationToken));

    public override async Task RemoveAsync(string collection, string id, CancellationToken cancellationToken) =>
        Remove(await VectorTable.PlacesAsync(session, collection, [id], cancellationToken));

    public override async Task CompleteAsync(SpaceState space, CancellationToken cancellationToken)
    {
        if (removed.Count == 0 && upserted.Count == 0)
        {
            return;
        }

        await using var blocks = new VectorBlockWriter(session, dialect, space);
        var after = await RemoveAsync(blocks, space, cancellationToken);
        foreach (var collection in upserted.Values.GroupBy(r => r.Collection, r => r.Id))
        {
            await LooseVectors.RemoveAsync(session, space, collection.Key, [.. collection], cancellationToken);
        }

        foreach (var group in upserted.Values.GroupBy(r => (r.Collection, r.Model, r.Vector.Length)))
        {
            if (group.Sum(VectorPacking.BytesOf) >= VectorPacking.BytesWorthABlock)
            {
                await blocks.WriteAsync([.. group], areNew: true, cancellationToken);
            }
            else
            {
                await WriteLooseAsync(blocks, space, group, cancellationToken);
            }
        }

        await blocks.FinishAsync(cancellationToken);
        await new VectorPacking(session, blocks, space).RunAsync(after, cancellationToken);
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
            await blocks.TakeOutAsync(record, cancellationToken);
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
