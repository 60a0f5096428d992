namespace MemU.Vectors;

/// <summary>
/// Searches the vectors of spaces: a space is read from the index of the snapshot at its first question, and kept up to date from the journal. Thread-safe.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="spaces">Where the vectors of spaces are kept.</param>
internal sealed class VectorFileSearch(VectorFile file, SpaceVectorsCache spaces)
{
    private const int PieceSize = 1 << 20;

    public async Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return FindUnchanged(scope, query.Collection) is { } vectors ? vectors.Query(query) : await ReadAsync(scope, query, cancellationToken);
    }

    /// <summary>Forgets a space.</summary>
    public void Drop(MemoryScope scope) => spaces.Drop(scope);

    private static VectorsVersion VersionOf(VectorFileState state, MemoryScope scope, string collection) =>
        new(state.Epoch, state.Overlay.RevisionOf(scope, collection));

    /// <summary>What is held of a space, if nothing has changed, which is so most often; then nothing has to be waited for.</summary>
    private SpaceVectors? FindUnchanged(MemoryScope scope, string collection)
    {
        using var state = file.Unchanged("query");
        return state is null ? null : spaces.Find(scope, collection, VersionOf(state, scope, collection));
    }

    private Task<VectorHits> ReadAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken) =>
        file.ReadAsync(
            "query",
            async state =>
            {
                var vectors = await spaces.GetAsync(
                    scope, query.Collection, VersionOf(state, scope, query.Collection),
                    (space, held, _) => ValueTask.FromResult<VectorsVersion?>(Refresh(state, scope, query.Collection, space, held)), cancellationToken);
                return vectors.Query(query);
            },
            cancellationToken);

    private static VectorsVersion Refresh(VectorFileState state, MemoryScope scope, string collection, SpaceVectors space, VectorsVersion? held)
    {
        if (held is null)
        {
            var changes = state.Overlay.ChangesOf(scope, collection, 0);
            var last = changes.GroupBy(c => c.Id).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
            Read(state, scope, space, state.EntriesBelow(scope, collection, last));
            foreach (var change in last.Values.Where(c => !c.IsRemoval))
            {
                space.Upsert(change.Id, state.VectorOf(change), change.Model);
            }

            return new VectorsVersion(state.Epoch, changes.Count);
        }

        var since = state.Overlay.ChangesOf(scope, collection, (int)held.Value.Revision);
        var lastSince = since.GroupBy(c => c.Id).Select(g => g.Last()).ToList();
        space.Apply(lastSince.Where(c => c.IsRemoval).Select(c => c.Id), [.. lastSince.Where(c => !c.IsRemoval).Select(state.RecordOf)]);
        return new VectorsVersion(state.Epoch, held.Value.Revision + since.Count);
    }

    private static void Read(VectorFileState state, MemoryScope scope, SpaceVectors space, IReadOnlyList<(string Id, SidecarEntry Entry)> entries)
    {
        var bytes = new byte[PieceSize];
        var vector = Array.Empty<float>();
        var (start, end) = (0L, 0L);
        foreach (var ((dimensions, model), count) in entries.CountBy(e => (e.Entry.Dimensions, state.Snapshot.Sidecar.ModelOf(e.Entry))))
        {
            space.Expect(count, dimensions, model);
        }

        foreach (var (id, entry) in entries)
        {
            var length = EntryBytes.VectorLength(entry.Dimensions);
            if (entry.Row < start || entry.Row + length > end)
            {
                // The rows of a space stand one after the other: many at once.
                bytes = bytes.Length < length ? new byte[length] : bytes;
                (start, end) = (entry.Row, entry.Row + Math.Max(length, Math.Min(bytes.Length, entries[^1].Entry.Row + EntryBytes.VectorLength(entries[^1].Entry.Dimensions) - entry.Row)));
                state.Snapshot.Sidecar.Read(bytes.AsSpan(0, (int)(end - start)), start);
            }

            vector = vector.Length == entry.Dimensions ? vector : new float[entry.Dimensions];
            EntryBytes.TakeVector(scope, bytes.AsSpan((int)(entry.Row - start), length), vector);
            space.Upsert(id, vector, state.Snapshot.Sidecar.ModelOf(entry));
        }
    }
}
