namespace MemU.Vectors;

/// <summary>
/// What the records of a journal make of the snapshot below them: the last word on each id, and the changes of each space in order, so that whoever keeps a
/// space in memory can catch up. Thread-safe; the records of one call become visible together.
/// </summary>
internal sealed class JournalOverlay
{
    private readonly Lock guard = new();
    private readonly Dictionary<(string Collection, string Id), JournalEntry> last = [];
    private readonly Dictionary<(MemoryScope Scope, string Collection), List<JournalEntry>> bySpace = [];

    /// <summary>How many ids have a last word here.</summary>
    public int Count
    {
        get
        {
            lock (guard)
            {
                return last.Count;
            }
        }
    }

    /// <summary>Every last word.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (guard)
            {
                return [.. last.Values];
            }
        }
    }

    /// <summary>Takes the records of one call.</summary>
    /// <param name="entries">The records, in order.</param>
    /// <param name="isBelow">Whether the snapshot holds an entry of this space; asked for removals.</param>
    public void Apply(IReadOnlyList<JournalEntry> entries, Func<JournalEntry, bool> isBelow)
    {
        lock (guard)
        {
            foreach (var entry in entries)
            {
                Apply(entry, isBelow);
            }
        }
    }

    /// <summary>Forgets everything: a snapshot that holds it all has taken its place.</summary>
    public void Clear()
    {
        lock (guard)
        {
            last.Clear();
            bySpace.Clear();
        }
    }

    /// <summary>The last word on an id, whatever its space; null when the snapshot has it.</summary>
    public JournalEntry? Find(string collection, string id)
    {
        lock (guard)
        {
            return last.GetValueOrDefault((collection, id));
        }
    }

    /// <summary>How many changes of a collection of a space there were.</summary>
    public int RevisionOf(MemoryScope scope, string collection)
    {
        lock (guard)
        {
            return bySpace.TryGetValue((scope, collection), out var changes) ? changes.Count : 0;
        }
    }

    /// <summary>The spaces and collections that were changed.</summary>
    public IReadOnlyList<(MemoryScope Scope, string Collection)> Changed
    {
        get
        {
            lock (guard)
            {
                return [.. bySpace.Keys];
            }
        }
    }

    /// <summary>The changes of a collection of a space since the first so many.</summary>
    public IReadOnlyList<JournalEntry> ChangesOf(MemoryScope scope, string collection, int skip)
    {
        lock (guard)
        {
            return bySpace.TryGetValue((scope, collection), out var changes) && changes.Count > skip ? changes.GetRange(skip, changes.Count - skip) : [];
        }
    }

    /// <summary>The last change of each id of a collection of a space, at one moment.</summary>
    public IReadOnlyDictionary<string, JournalEntry> LastOf(MemoryScope scope, string collection)
    {
        var changes = new Dictionary<string, JournalEntry>(StringComparer.Ordinal);
        foreach (var change in ChangesOf(scope, collection, 0))
        {
            changes[change.Id] = change;
        }

        return changes;
    }

    private void Apply(JournalEntry entry, Func<JournalEntry, bool> isBelow)
    {
        var key = (entry.Collection, entry.Id);
        if (!entry.IsRemoval)
        {
            last[key] = entry;
        }
        else if (last.TryGetValue(key, out var old) && old.Scope != entry.Scope)
        {
            return;
        }
        else if (isBelow(entry))
        {
            last[key] = entry;
        }
        else
        {
            last.Remove(key);
        }

        if (!bySpace.TryGetValue((entry.Scope, entry.Collection), out var changes))
        {
            bySpace.Add((entry.Scope, entry.Collection), changes = []);
        }

        changes.Add(entry);
    }
}
