using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MemU.Vectors;

namespace MemU.InMemory;

/// <summary>Keeps vectors in the memory of this process. Readers never wait; writers take turns.</summary>
/// <param name="isPartOfStore">True when an <see cref="InMemoryStore"/> writes it with its commits.</param>
internal sealed class InMemoryVectorIndex(bool isPartOfStore = false) : IVectorIndex, IDataPart, IKnowsSpaces
{
    private readonly Lock writing = new();
    private readonly SemaphoreSlim turns = new(1);
    private volatile State state = State.Empty;

    public string Provider => "memory";

    public bool IsPartOfStore => isPartOfStore;

    public string PartName => "vectors";

    public IReadOnlyList<string> Locations => [];

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
            lock (writing)
            {
                state = state.With(scope, changes);
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
            scope,
            collection,
            entries => [.. ids.Distinct(StringComparer.Ordinal).Where(entries.ContainsKey).Select(id => entries[id].Record)],
            cancellationToken);

    public Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken) =>
        Read(
            scope,
            query.Collection,
            entries =>
            {
                var search = new ExactSearch(query);
                foreach (var (id, entry) in entries)
                {
                    search.Offer(id, entry.Record.Vector.Span, entry.Length, entry.Record.Model);
                }

                return search.Hits;
            },
            cancellationToken);

    public async IAsyncEnumerable<VectorRecord> ListAsync(
        MemoryScope scope, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in (await Read(scope, collection, entries => entries, cancellationToken)).Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry.Record;
        }
    }

    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        lock (writing)
        {
            (string, string)[] all = [.. VectorCollections.All.SelectMany(c => state.EntriesOf(scope, c).Keys.Select(id => (c, id)))];
            state = state.With(scope, new VectorChanges { Removed = all });
            return Task.FromResult((long)all.Length);
        }
    }

    public Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(!state.Owners.IsEmpty);
    }

    public Task<IReadOnlyList<MemoryScope>> ListSpacesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MemoryScope>>([.. state.Owners.Values.Distinct()]);

    public Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "backup"));

    public Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "restore"));

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (writing)
        {
            state = State.Empty;
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<Finding>();

    private Task<T> Read<T>(MemoryScope scope, string collection, Func<ImmutableSortedDictionary<string, Entry>, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.CheckCollection(collection);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : Task.FromResult(read(state.EntriesOf(scope, collection)));
    }

    private readonly record struct Entry(VectorRecord Record, double Length);

    private sealed record State
    {
        public static State Empty { get; } = new();

        public ImmutableDictionary<(MemoryScope Scope, string Collection), ImmutableSortedDictionary<string, Entry>> Entries { get; private init; } =
            ImmutableDictionary<(MemoryScope, string), ImmutableSortedDictionary<string, Entry>>.Empty;

        public ImmutableDictionary<(string Collection, string Id), MemoryScope> Owners { get; private init; } =
            ImmutableDictionary<(string, string), MemoryScope>.Empty;

        public ImmutableSortedDictionary<string, Entry> EntriesOf(MemoryScope scope, string collection) =>
            Entries.GetValueOrDefault((scope, collection)) ?? ImmutableSortedDictionary.Create<string, Entry>(StringComparer.Ordinal);

        public State With(MemoryScope scope, VectorChanges changes)
        {
            var owners = Owners.ToBuilder();
            var entries = VectorCollections.All.ToDictionary(c => c, c => EntriesOf(scope, c).ToBuilder());
            foreach (var (collection, id) in changes.Removed)
            {
                if (entries[collection].Remove(id))
                {
                    owners.Remove((collection, id));
                }
            }

            foreach (var record in changes.Upserted)
            {
                if (owners.TryGetValue((record.Collection, record.Id), out var owner) && owner != scope)
                {
                    throw new ArgumentException($"The id '{record.Id}' in {record.Collection} cannot be used in this space. Give the record an id of its own.");
                }

                // A copy, so that an array the caller still holds cannot change what is stored.
                var copy = record with { Vector = record.Vector.ToArray() };
                owners[(record.Collection, record.Id)] = scope;
                entries[record.Collection][record.Id] = new Entry(copy, ExactSearch.LengthOf(copy.Vector.Span));
            }

            var all = Entries;
            foreach (var (collection, changed) in entries)
            {
                all = changed.Count > 0 ? all.SetItem((scope, collection), changed.ToImmutable()) : all.Remove((scope, collection));
            }

            return new State { Entries = all, Owners = owners.ToImmutable() };
        }
    }
}
