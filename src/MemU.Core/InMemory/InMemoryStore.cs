using MemU.Storage;
using MemU.Vectors;

namespace MemU.InMemory;

/// <summary>
/// Keeps the metadata in the memory of this process: for tests, trials and agents that shall forget. Readers never wait; commits take turns.
/// </summary>
internal sealed partial class InMemoryStore : IMemoryStore, IMemoryCatalog, IDataPart
{
    private readonly InMemoryVectorIndex? ownVectors;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim writing = new(1);
    private volatile InMemoryState state = InMemoryState.Empty;

    /// <param name="ownVectors">The index that the commits write themselves; null when vectors are recorded as owed.</param>
    /// <param name="clock">Dates the erasures; null for the system's.</param>
    public InMemoryStore(InMemoryVectorIndex? ownVectors = null, TimeProvider? clock = null)
    {
        (this.ownVectors, time) = (ownVectors, clock ?? TimeProvider.System);
        ownVectors?.Join();
    }

    public string Provider => "memory";

    public async Task<CommitReceipt> CommitAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(changes);
        await writing.WaitAsync(cancellationToken);
        try
        {
            var now = state;
            if (changes.NotErasedSince is { } mark && now.IsErasedSince(scope, mark))
            {
                throw new SpaceErasedException(scope);
            }

            var owners = new RowOwners(now.Owners);
            var commit = new InMemoryCommit(scope, now.SpaceOf(scope), owners);
            commit.Apply(changes);
            var space = commit.Space;
            space.Revision = now.LastRevision + 1;
            var sequence = now.LastSequence;
            if (ownVectors is not null)
            {
                await ownVectors.ApplyAsync(scope, commit.Vectors, CancellationToken.None);
            }
            else
            {
                space.Owed = space.Owed.AddRange(Owed(commit.Vectors, sequence).Select(o => KeyValuePair.Create(o.Sequence, o)));
                sequence += commit.Vectors.Removed.Count + commit.Vectors.Upserted.Count;
            }

            state = now with { Spaces = now.Spaces.SetItem(scope, space), Owners = owners.ToImmutable(), LastRevision = space.Revision, LastSequence = sequence };
            return new CommitReceipt(space.Revision, !space.Owed.IsEmpty);
        }
        finally
        {
            writing.Release();
        }
    }

    public Task<SpaceVersion> GetVersionAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        Read(scope, space => new SpaceVersion(0, space.Revision), cancellationToken);

    public Task<Resource?> GetResourceByUrlAsync(MemoryScope scope, string url, CancellationToken cancellationToken) =>
        Read(scope, space => space.ResourceByUrl.TryGetValue(url, out var id) ? space.Resources[id] : null, cancellationToken);

    public Task<IReadOnlyList<Resource>> GetResourcesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Read(scope, space => Rows(space.Resources, ids), cancellationToken);

    public Task<IReadOnlyList<Passage>> GetPassagesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Read(scope, space => Rows(space.Passages, ids), cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> GetItemsAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Read(scope, space => Rows(space.Items, ids), cancellationToken);

    public Task<IReadOnlyList<MemoryCategory>> GetCategoriesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Read(scope, space => Rows(space.Categories, ids), cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> GetItemsBySummaryAsync(MemoryScope scope, IReadOnlyCollection<string> summaries, CancellationToken cancellationToken) =>
        Read(
            scope,
            space => Rows(space.Items, [.. summaries.Distinct(StringComparer.Ordinal).SelectMany(s => space.ItemsBySummary.Of(s)).OrderDescending(StringComparer.Ordinal)]),
            cancellationToken);

    public Task<Page<Resource>> ListResourcesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        Read(scope, space => Newest(PagedList.Resources, space.Resources, space.ResourceIds, page, r => r.Id), cancellationToken);

    public Task<Page<MemoryCategory>> ListCategoriesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        Read(scope, space => Newest(PagedList.Categories, space.Categories, space.CategoryIds, page, c => c.Id), cancellationToken);

    public Task<Page<Passage>> ListPassagesAsync(MemoryScope scope, string? resourceId, PageRequest page, CancellationToken cancellationToken) =>
        Read(
            scope,
            space =>
            {
                var list = PagedList.Passages(resourceId);
                var cursor = PageCursor.ReadPassage(list, page.Cursor);
                var keys = cursor is { } c && (resourceId is null || string.CompareOrdinal(resourceId, c.ResourceId) <= 0) ? space.PassageOrder.After(c)
                    : resourceId is null ? space.PassageOrder
                    : space.PassageOrder.From(new PassageKey(resourceId, int.MinValue, string.Empty));
                var rows = keys.TakeWhile(k => resourceId is null || k.ResourceId == resourceId).Select(k => space.Passages[k.Id]);
                return PageOf(rows, page, p => PageCursor.OfPassage(list, new PassageKey(p)));
            },
            cancellationToken);

    public Task<Passage?> GetLastPassageAsync(MemoryScope scope, string resourceId, CancellationToken cancellationToken) =>
        Read(
            scope,
            space => space.PassageOrder.Before(new PassageKey(resourceId + '\0', int.MinValue, string.Empty))
                .TakeWhile(k => k.ResourceId == resourceId).Select(k => space.Passages[k.Id]).FirstOrDefault(),
            cancellationToken);

    public Task<Page<MemoryItem>> ListItemsAsync(MemoryScope scope, ItemFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        Read(
            scope,
            space =>
            {
                var list = PagedList.Items(filter);
                var seen = PageCursor.Read(list, page.Cursor, 1)?[0];
                var ids = filter.OldestFirst ? OldestIds(space, filter, seen)
                    : filter.CategoryId is { } category ? space.ItemsByCategory.Before(category, seen)
                    : filter.ResourceId is { } resource ? space.ItemsByResource.Before(resource, seen)
                    : NewestIds(space.ItemIds, seen);
                var rows = ids.Select(id => space.Items[id]).Where(i =>
                    (filter.ResourceId is null || i.ResourceId == filter.ResourceId) && (filter.MemoryType is null || i.MemoryType == filter.MemoryType));
                return PageOf(rows, page, i => PageCursor.Of(list, i.Id));
            },
            cancellationToken);

    public Task<Page<CategoryItem>> ListLinksAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        Read(
            scope,
            space =>
            {
                var pairs = PageCursor.Read(PagedList.Links, page.Cursor, 2) is [var item, var category] ? space.Links.After(new Pair(item, category)) : space.Links;
                return PageOf(pairs.Select(p => new CategoryItem(scope, p.From, p.To)), page, l => PageCursor.Of(PagedList.Links, l.ItemId, l.CategoryId));
            },
            cancellationToken);

    public Task<IReadOnlyList<CategoryItem>> GetLinksAsync(MemoryScope scope, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<CategoryItem>>(
            scope,
            space => [.. itemIds.Distinct(StringComparer.Ordinal).SelectMany(id => space.Links.Of(id).Select(c => new CategoryItem(scope, id, c)))],
            cancellationToken);

    public Task<Page<ItemRevision>> ListHistoryAsync(MemoryScope scope, string? itemId, PageRequest page, CancellationToken cancellationToken) =>
        Read(
            scope,
            space =>
            {
                var list = PagedList.History(itemId);
                var before = PageCursor.Read(list, page.Cursor, 1)?[0];
                var ids = itemId is null ? NewestIds(space.HistoryIds, before) : space.HistoryByItem.Before(itemId, before);
                return PageOf(ids.Select(id => space.History[id]), page, h => PageCursor.Of(list, h.Id));
            },
            cancellationToken);

    public Task<bool> OwesVectorsAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        Read(scope, space => !space.Owed.IsEmpty, cancellationToken);

    public Task<IReadOnlyList<OwedVector>> ListOwedVectorsAsync(MemoryScope scope, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<OwedVector>>(scope, space => [.. (space.Owed.Count > limit ? LastOf(space) : space.Owed.Values).Take(limit)], cancellationToken);

    public async Task SettleOwedVectorsAsync(MemoryScope scope, IReadOnlyCollection<OwedVector> delivered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (delivered.Count == 0)
        {
            return;
        }

        var last = delivered.Max(o => o.Sequence);
        await writing.WaitAsync(cancellationToken);
        try
        {
            if (state.Spaces.TryGetValue(scope, out var space))
            {
                var settled = space.Copy();
                settled.Owed = space.Owed.RemoveRange(space.Owed.Keys.TakeWhile(s => s <= last));
                state = state with { Spaces = state.Spaces.SetItem(scope, settled) };
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public Task<IReadOnlyList<EmbeddedText>> FindEmbeddedTextsAsync(
        MemoryScope scope, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken) =>
        Read(scope, space => space.Embedded.Find(model, textHashes), cancellationToken);

    public Task<SpaceStatistics> GetStatisticsAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        Read(scope, space => InMemoryStatistics.Of(scope, space), cancellationToken);

    private static IEnumerable<OwedVector> Owed(VectorChanges vectors, long last) =>
        vectors.Removed.Select(r => new OwedVector(++last, r.Collection, r.Id, null))
            .Concat(vectors.Upserted.Select(v => new OwedVector(++last, v.Collection, v.Id, v with { Vector = v.Vector.ToArray() })));

    private static IEnumerable<OwedVector> LastOf(InMemorySpace space)
    {
        var last = new Dictionary<(string Collection, string Id), long>();
        foreach (var owed in space.Owed.Values)
        {
            last[(owed.Collection, owed.Id)] = owed.Sequence;
        }

        return space.Owed.Values.Where(o => last[(o.Collection, o.Id)] == o.Sequence);
    }

    private static IReadOnlyList<T> Rows<T>(IReadOnlyDictionary<string, T> rows, IReadOnlyCollection<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).Where(rows.ContainsKey).Select(id => rows[id])];

    private static Page<T> PageOf<T>(IEnumerable<T> rows, PageRequest page, Func<T, string> cursor)
    {
        // One more than asked for shows whether there is a next page.
        var taken = rows.Take(page.Limit + 1).ToList();
        if (taken.Count <= page.Limit)
        {
            return new Page<T>(taken, null);
        }

        taken.RemoveAt(page.Limit);
        return new Page<T>(taken, cursor(taken[^1]));
    }

    private static Page<T> Newest<T>(
        PagedList list, IReadOnlyDictionary<string, T> rows, System.Collections.Immutable.ImmutableSortedSet<string> order, PageRequest page, Func<T, string> id) =>
        PageOf(NewestIds(order, PageCursor.Read(list, page.Cursor, 1)?[0]).Select(i => rows[i]), page, row => PageCursor.Of(list, id(row)));

    private static IEnumerable<string> OldestIds(InMemorySpace space, ItemFilter filter, string? after) =>
        filter.CategoryId is { } category ? space.ItemsByCategory.After(category, after)
        : filter.ResourceId is { } resource ? space.ItemsByResource.After(resource, after)
        : after is null ? space.ItemIds : space.ItemIds.After(after);

    private static IEnumerable<string> NewestIds(System.Collections.Immutable.ImmutableSortedSet<string> order, string? before) =>
        before is null ? order.Reverse() : order.Before(before);

    private Task<T> Read<T>(MemoryScope scope, Func<InMemorySpace, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : Task.FromResult(read(state.SpaceOf(scope)));
    }
}
