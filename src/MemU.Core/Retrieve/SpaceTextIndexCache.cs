using MemU.Storage;
using MemU.Telemetry;

namespace MemU.Retrieve;

/// <summary>
/// Keeps the <see cref="SpaceTextIndex"/> of the spaces that were asked lately. At each question the version of the space tells whether the index
/// still holds; if not, it is read again, once however many ask. Rows that the Python code wrote do not move the version: they are noticed by
/// their number, at most <see cref="RecountAfter"/> later. Spaces never share an index. Thread-safe.
/// </summary>
internal sealed class SpaceTextIndexCache(IMemoryStore store, TimeProvider time, long budget = SpaceTextIndexCache.DefaultBudget) : ISpaceCache
{
    /// <summary>Bytes that all indexes together may occupy, roughly; the one used last is kept whatever its size.</summary>
    public const long DefaultBudget = 256L << 20;

    /// <summary>How long an index is trusted on its version alone.</summary>
    public static readonly TimeSpan RecountAfter = TimeSpan.FromSeconds(30);

    private readonly SpaceTextReader reader = new(store);
    private readonly Lock gate = new();
    private readonly Dictionary<MemoryScope, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = new();

    /// <summary>How many spaces are kept at the moment.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>The index of the space as it is now.</summary>
    public async Task<SpaceTextIndex> GetAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var entry = Use(scope);
        if (entry.Current is { } current && await IsCurrentAsync(scope, current, entry, cancellationToken))
        {
            CacheUse.Count(CacheUse.Words, isHit: true);
            return current;
        }

        CacheUse.Count(CacheUse.Words, isHit: false);

        await entry.Reading.WaitAsync(cancellationToken);
        try
        {
            if (entry.Current is { } fresh && await IsCurrentAsync(scope, fresh, entry, cancellationToken))
            {
                return fresh;
            }

            var counts = await CountAsync(scope, cancellationToken);
            var version = await store.GetVersionAsync(scope, cancellationToken);

            // Of a space that was written anew nothing that is held is worth anything.
            var previous = entry.Current?.Version.Epoch == version.Epoch ? entry.Current : null;
            var read = await reader.ReadAsync(scope, version, counts.Passages, previous, cancellationToken);
            entry.Set(read, counts, time.GetTimestamp());
            DropOldest(entry);
            return read;
        }
        finally
        {
            entry.Reading.Release();
        }
    }

    public void Forget(MemoryScope scope)
    {
        lock (gate)
        {
            if (entries.Remove(scope, out var node))
            {
                byUse.Remove(node);
            }
        }
    }

    private async Task<bool> IsCurrentAsync(MemoryScope scope, SpaceTextIndex index, Entry entry, CancellationToken cancellationToken)
    {
        if (index.Version != await store.GetVersionAsync(scope, cancellationToken))
        {
            return false;
        }

        if (time.GetElapsedTime(entry.CountedAt) < RecountAfter)
        {
            return true;
        }

        if (entry.Counts != await CountAsync(scope, cancellationToken))
        {
            return false;
        }

        entry.CountedAt = time.GetTimestamp();
        return true;
    }

    private async Task<SpaceCounts> CountAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        SpaceCounts.Of(await (store is ICountsRoughly rough ? rough.CountRoughlyAsync(scope, cancellationToken) : store.GetStatisticsAsync(scope, cancellationToken)));

    private Entry Use(MemoryScope scope)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(scope, out var node))
            {
                entries.Add(scope, node = new LinkedListNode<Entry>(new Entry(scope)));
            }
            else
            {
                byUse.Remove(node);
            }

            byUse.AddFirst(node);
            return node.Value;
        }
    }

    private void DropOldest(Entry keep)
    {
        lock (gate)
        {
            var sum = byUse.Sum(e => e.Bytes);
            for (var node = byUse.Last; node is not null && sum > budget;)
            {
                var before = node.Previous;
                if (node.Value != keep)
                {
                    sum -= node.Value.Bytes;
                    byUse.Remove(node);
                    entries.Remove(node.Value.Scope);
                }

                node = before;
            }
        }
    }

    private sealed class Entry(MemoryScope scope)
    {
        private const long Bookkeeping = 2048;

        private long countedAt;
        private long bytes = Bookkeeping;

        public MemoryScope Scope { get; } = scope;

        public SemaphoreSlim Reading { get; } = new(1, 1);

        public SpaceTextIndex? Current { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

        public SpaceCounts? Counts { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

        public long CountedAt { get => Volatile.Read(ref countedAt); set => Volatile.Write(ref countedAt, value); }

        /// <summary>What it occupies, an empty space's bookkeeping included.</summary>
        public long Bytes { get => Volatile.Read(ref bytes); private set => Volatile.Write(ref bytes, value); }

        public void Set(SpaceTextIndex index, SpaceCounts counts, long now)
        {
            Bytes = Bookkeeping + index.ApproximateBytes;
            Counts = counts;
            CountedAt = now;
            Current = index;
        }
    }
}
