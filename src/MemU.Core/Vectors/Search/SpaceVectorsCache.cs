using System.Collections.Concurrent;
using MemU.Telemetry;

namespace MemU.Vectors;

/// <summary>
/// The vectors of the spaces in use, under a common budget of memory: read at the first question, brought up to date when the medium has moved on, dropped
/// when others need the room and these were not used for the longest time. Thread-safe; a collection is read once however many ask for it.
/// </summary>
/// <param name="budget">In bytes. What is being used stays, even if it is larger than that by itself.</param>
/// <param name="mode">How to search.</param>
/// <param name="threads">How many threads may search for one question.</param>
internal sealed class SpaceVectorsCache(long budget, VectorSearchMode mode, int threads = 1)
{
    // An entry without its vectors.
    private const int BytesOfEntry = 500;

    private readonly ConcurrentDictionary<(MemoryScope Scope, string Collection), Entry> entries = new();
    private readonly Lock counting = new();
    private long clock;
    private long bytes;

    /// <summary>About how much memory the vectors take that are held now.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>A quarter of the memory that this process may use.</summary>
    public static long DefaultBudget => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <summary>The vectors of a collection if they are known to be those of this moment; null when the medium has to be asked.</summary>
    public SpaceVectors? Find(MemoryScope scope, string collection, long moment) =>
        entries.TryGetValue((scope, collection), out var entry) && entry.Held is { } held && held.Moment == moment ? Used(entry, held.Vectors) : null;

    /// <summary>The vectors of a collection, at this version or a later one of its epoch, if they are held.</summary>
    public SpaceVectors? Find(MemoryScope scope, string collection, VectorsVersion version) =>
        entries.TryGetValue((scope, collection), out var entry) && entry.Find(version, moment: null) is { } held ? Used(entry, held) : null;

    /// <summary>The vectors of a collection, at this version or a later one of its epoch.</summary>
    public ValueTask<SpaceVectors> GetAsync(
        MemoryScope scope, string collection, VectorsVersion version, VectorsRefresh refresh, CancellationToken cancellationToken) =>
        GetAsync(scope, collection, version, moment: null, refresh, cancellationToken);

    /// <summary>The vectors of a collection, at this version or a later one of its epoch.</summary>
    /// <param name="scope">The space.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="version">The version that the medium has.</param>
    /// <param name="moment">
    /// A number that grows whenever anything is written to the medium, read before the version was: until it grows <see cref="Find(MemoryScope, string, long)"/> needs no version. Null where there is none.
    /// </param>
    /// <param name="refresh">Reads what is not held.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public ValueTask<SpaceVectors> GetAsync(
        MemoryScope scope, string collection, VectorsVersion version, long? moment, VectorsRefresh refresh, CancellationToken cancellationToken)
    {
        var key = (scope, collection);
        var entry = entries.GetOrAdd(key, static _ => new Entry());
        entry.LastUse = Interlocked.Increment(ref clock);
        var held = entry.Find(version, moment);
        CacheUse.Count(CacheUse.Vectors, held is not null);
        return held is not null ? new ValueTask<SpaceVectors>(held) : RefreshAsync(key, entry, version, moment, refresh, cancellationToken);
    }

    /// <summary>Forgets a space.</summary>
    public void Drop(MemoryScope scope)
    {
        foreach (var collection in VectorCollections.All)
        {
            Drop((scope, collection));
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var key in entries.Keys)
        {
            Drop(key);
        }
    }

    private SpaceVectors Used(Entry entry, SpaceVectors held)
    {
        entry.LastUse = Interlocked.Increment(ref clock);
        CacheUse.Count(CacheUse.Vectors, true);
        return held;
    }

    private async ValueTask<SpaceVectors> RefreshAsync(
        (MemoryScope, string) key, Entry entry, VectorsVersion version, long? moment, VectorsRefresh refresh, CancellationToken cancellationToken)
    {
        await entry.Refreshing.WaitAsync(cancellationToken);
        try
        {
            if (entry.Find(version, moment) is { } found)
            {
                return found;
            }

            // A failure on the way leaves what was held: the same changes once more do no harm.
            var held = entry.Held is { } older && older.Version.Epoch == version.Epoch ? older : null;
            var vectors = held?.Vectors ?? new SpaceVectors(mode, threads);
            var now = await refresh(vectors, held?.Version, cancellationToken);
            if (now is null)
            {
                vectors = new SpaceVectors(mode, threads);
                now = await refresh(vectors, null, cancellationToken);
            }

            entry.Held = new Held(vectors, now ?? throw new InvalidOperationException("Reading from the start gave no version."), moment);
            Count(key, entry, vectors.Bytes + BytesOfEntry);
            return vectors;
        }
        finally
        {
            entry.Refreshing.Release();
        }
    }

    private void Count((MemoryScope, string) key, Entry entry, long now)
    {
        lock (counting)
        {
            // Whoever was dropped meanwhile serves those who hold it and is gone after them.
            if (entries.TryGetValue(key, out var current) && current == entry)
            {
                Interlocked.Add(ref bytes, now - entry.Bytes);
                entry.Bytes = now;
            }

            while (bytes > budget && Oldest(except: entry) is { } oldest)
            {
                Drop(oldest);
            }
        }
    }

    private void Drop((MemoryScope, string) key)
    {
        lock (counting)
        {
            if (entries.TryRemove(key, out var entry))
            {
                Interlocked.Add(ref bytes, -entry.Bytes);
                entry.Bytes = 0;
            }
        }
    }

    private (MemoryScope, string)? Oldest(Entry except)
    {
        ((MemoryScope, string) Key, long LastUse)? oldest = null;
        foreach (var (key, entry) in entries)
        {
            if (entry != except && entry.Bytes > 0 && (oldest is null || entry.LastUse < oldest.Value.LastUse))
            {
                oldest = (key, entry.LastUse);
            }
        }

        return oldest?.Key;
    }

    private sealed record Held(SpaceVectors Vectors, VectorsVersion Version, long? Moment);

    private sealed class Entry
    {
        private Held? held;
        private long lastUse;

        public SemaphoreSlim Refreshing { get; } = new(1, 1);

        public Held? Held
        {
            get => Volatile.Read(ref held);
            set => Volatile.Write(ref held, value);
        }

        public long LastUse
        {
            get => Interlocked.Read(ref lastUse);
            set => Interlocked.Exchange(ref lastUse, value);
        }

        /// <summary>What was counted for it.</summary>
        public long Bytes { get; set; }

        /// <summary>What is held, if it has this version; then it is that of this moment too.</summary>
        public SpaceVectors? Find(VectorsVersion version, long? moment)
        {
            if (Held is not { } found || !found.Version.Covers(version))
            {
                return null;
            }

            if (moment > (found.Moment ?? 0))
            {
                // Who comes between knows better, or says the same at the next question.
                Interlocked.CompareExchange(ref held, found with { Moment = moment }, found);
            }

            return found.Vectors;
        }
    }
}
