using System.Runtime.CompilerServices;
using MemU.Vectors;

namespace MemU.InMemory;

/// <summary>Keeps vectors in the memory of this process.</summary>
/// <param name="mode">How to search.</param>
/// <param name="threads">How many threads may search for one question.</param>
internal sealed class InMemoryVectorIndex(VectorSearchMode mode = VectorSearchMode.Auto, int threads = 1) : IVectorIndex, IDataPart, IKnowsSpaces
{
    private const int RowsAtOnce = 500;

    // Questions are asked outside of it.
    private readonly Lock access = new();
    private readonly SemaphoreSlim turns = new(1);
    private readonly Dictionary<(MemoryScope Scope, string Collection), InMemoryVectors> collections = [];
    private readonly Dictionary<(string Collection, string Id), MemoryScope> owners = [];

    public string Provider => "memory";

    /// <summary>True when an <see cref="InMemoryStore"/> writes it with its commits.</summary>
    public bool IsPartOfStore { get; private set; }

    public string PartName => "vectors";

    public IReadOnlyList<string> Locations => [];

    /// <summary>From now on it is written by a store.</summary>
    public void Join() => IsPartOfStore = true;

    public Task EnsureUsableAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
    }

    public Task ApplyAsync(MemoryScope scope, VectorChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(changes);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        try
        {
            VectorRules.Check(changes);
            lock (access)
            {
                Apply(scope, changes);
            }

            return Task.CompletedTask;
        }
        catch (ArgumentException e)
        {
            return Task.FromException(e);
        }
    }

    public async Task ApplyInTurnAsync(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            await ApplyAsync(scope, await changes(cancellationToken), cancellationToken);
        }
        finally
        {
            turns.Release();
        }
    }

    public Task<IReadOnlyList<VectorRecord>> GetAsync(
        MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<VectorRecord>>(
            scope, collection, vectors => vectors is null ? [] : [.. ids.Distinct(StringComparer.Ordinal).Select(vectors.Get).OfType<VectorRecord>()], cancellationToken);

    public async Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken)
    {
        VectorRules.Check(query);
        var vectors = await Read(scope, query.Collection, vectors => vectors, cancellationToken);
        return vectors?.Query(query) ?? new VectorHits([], 0);
    }

    public async IAsyncEnumerable<VectorRecord> ListAsync(
        MemoryScope scope, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = await Read(scope, collection, vectors => vectors?.Ids ?? [], cancellationToken);
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            foreach (var record in await GetAsync(scope, collection, some, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return record;
            }
        }
    }

    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        lock (access)
        {
            (string, string)[] all = [.. VectorCollections.All.SelectMany(c => Of(scope, c)?.Ids.Select(id => (c, id)) ?? [])];
            Apply(scope, new VectorChanges { Removed = all });
            return Task.FromResult((long)all.Length);
        }
    }

    public Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (access)
        {
            return Task.FromResult(owners.Count > 0);
        }
    }

    public Task<IReadOnlyList<MemoryScope>> ListSpacesAsync(CancellationToken cancellationToken)
    {
        lock (access)
        {
            return Task.FromResult<IReadOnlyList<MemoryScope>>([.. collections.Keys.Select(k => k.Scope).Distinct()]);
        }
    }

    public Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "backup"));

    public Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "restore"));

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (access)
        {
            collections.Clear();
            owners.Clear();
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<Finding>();

    private Task<T> Read<T>(MemoryScope scope, string collection, Func<InMemoryVectors?, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.CheckCollection(collection);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (access)
        {
            return Task.FromResult(read(Of(scope, collection)));
        }
    }

    private InMemoryVectors? Of(MemoryScope scope, string collection) => collections.GetValueOrDefault((scope, collection));

    private void Apply(MemoryScope scope, VectorChanges changes)
    {
        foreach (var record in changes.Upserted)
        {
            if (owners.TryGetValue((record.Collection, record.Id), out var owner) && owner != scope)
            {
                throw new ArgumentException($"The id '{record.Id}' in {record.Collection} cannot be used in this space. Give the record an id of its own.");
            }
        }

        foreach (var collection in changes.Removed.Select(r => r.Collection).Concat(changes.Upserted.Select(r => r.Collection)).Distinct().ToList())
        {
            var vectors = Of(scope, collection) ?? new InMemoryVectors(collection, mode, threads);
            string[] removed = [.. changes.Removed.Where(r => r.Collection == collection && vectors.Has(r.Id)).Select(r => r.Id)];
            VectorRecord[] upserted = [.. changes.Upserted.Where(r => r.Collection == collection)];
            foreach (var id in removed)
            {
                owners.Remove((collection, id));
            }

            foreach (var record in upserted)
            {
                owners[(collection, record.Id)] = scope;
            }

            vectors.Apply(removed, upserted);
            if (vectors.Ids.Any())
            {
                collections[(scope, collection)] = vectors;
            }
            else
            {
                collections.Remove((scope, collection));
            }
        }
    }
}
