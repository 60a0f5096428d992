using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// Vectors of a time when this data kept them in another place: out of date, in nobody's search, and full of people's words. They are taken over where they still fit,
/// and removed. Thread-safe.
/// </summary>
/// <param name="index">That place; opened when it is asked for.</param>
/// <param name="place">What it is called in messages.</param>
internal sealed class FormerVectors(Lazy<IVectorIndex> index, string place) : IAsyncDisposable, IDisposable
{
    private const int RemovalBatch = 1000;

    /// <summary>What the place is called in messages.</summary>
    public string Place => place;

    /// <summary>Its files, where it has some of its own.</summary>
    public IDataPart? Part => index.Value.IsPartOfStore ? null : index.Value as IDataPart;

    /// <summary>How many there are of a space.</summary>
    public async Task<long> CountAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (var collection in VectorCollections.All)
        {
            count += await index.Value.ListAsync(scope, collection, cancellationToken).CountAsync(cancellationToken);
        }

        return count;
    }

    /// <summary>Some of a space by id.</summary>
    public Task<IReadOnlyList<VectorRecord>> GetAsync(MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        index.Value.GetAsync(scope, collection, ids, cancellationToken);

    /// <summary>Spaces that the place knows by itself.</summary>
    public async Task<IReadOnlyList<MemoryScope>> ListSpacesAsync(CancellationToken cancellationToken) =>
        index.Value is IKnowsSpaces spaces ? await spaces.ListSpacesAsync(cancellationToken) : [];

    /// <summary>
    /// Removes those of a space; returns how many there were. What a file of the place holds of them by then goes when the last one is removed by
    /// <see cref="EraseAsync"/>, or when the place is closed: a file is not rewritten for each space.
    /// </summary>
    public async Task<long> RemoveAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        long removed = 0;
        foreach (var collection in VectorCollections.All)
        {
            var ids = await index.Value.ListAsync(scope, collection, cancellationToken).Select(v => v.Id).ToListAsync(cancellationToken);
            foreach (var some in ids.Chunk(RemovalBatch))
            {
                await index.Value.ApplyAsync(scope, new VectorChanges { Removed = [.. some.Select(id => (collection, id))] }, cancellationToken);
            }

            removed += ids.Count;
        }

        return removed;
    }

    /// <summary>Removes those of a space, so that no file of the place holds a byte of them, nor of any that were removed before; returns how many there were.</summary>
    public async Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        Part is { } part && part.Locations.Any(Path.Exists) ? await index.Value.EraseAsync(scope, cancellationToken) : 0;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => index is { IsValueCreated: true, Value: IAsyncDisposable opened } ? opened.DisposeAsync() : ValueTask.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();
}
