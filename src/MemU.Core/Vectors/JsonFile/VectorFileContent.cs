using MemU.Files;

namespace MemU.Vectors;

/// <summary>What a vector file held at one moment, or shall hold next. Immutable; cheap to search by space.</summary>
internal sealed class VectorFileContent
{
    private readonly Lazy<Dictionary<(MemoryScope Scope, string Collection), VectorFileEntry[]>> bySpace;

    public VectorFileContent(IReadOnlyList<VectorFileMember> members, FileIdentity identity)
    {
        Members = members;
        Identity = identity;
        bySpace = new(GroupBySpace);
    }

    /// <summary>A file that is not there.</summary>
    public static VectorFileContent Empty { get; } = new([], FileIdentity.Missing);

    /// <summary>The state of the file that this was read from or written to.</summary>
    public FileIdentity Identity { get; }

    /// <summary>Everything in the order of the file.</summary>
    public IReadOnlyList<VectorFileMember> Members { get; }

    /// <summary>All collections that this version knows.</summary>
    public IEnumerable<(string Collection, OrderedDictionary<string, VectorFileEntry> Entries)> Collections =>
        Members.Where(m => m.Entries is not null).Select(m => (m.Name, m.Entries!));

    /// <summary>The entries of a space, ordered by id.</summary>
    public IReadOnlyList<VectorFileEntry> EntriesOf(MemoryScope scope, string collection) => bySpace.Value.GetValueOrDefault((scope, collection)) ?? [];

    /// <summary>An entry by id, if it belongs to the space.</summary>
    public VectorFileEntry? Find(MemoryScope scope, string collection, string id) => FindAny(collection, id) is { } entry && entry.Scope == scope ? entry : null;

    /// <summary>The content after the changes, or this one when they change nothing.</summary>
    /// <exception cref="ArgumentException">An id belongs to another space.</exception>
    public VectorFileContent With(MemoryScope scope, VectorChanges changes)
    {
        string[] removed = [.. changes.Removed.Where(r => Find(scope, r.Collection, r.Id) is not null).Select(r => r.Collection)];
        var upserted = changes.Upserted.Where(r => !(FindAny(r.Collection, r.Id) is { } old && old.Scope == scope && old.Holds(r))).Select(r => r.Collection);
        var touched = removed.Concat(upserted).ToHashSet(StringComparer.Ordinal);
        if (touched.Count == 0)
        {
            return this;
        }

        var members = Members.Select(m => m.Entries is not null && touched.Contains(m.Name) ? m with { Entries = new(m.Entries, StringComparer.Ordinal) } : m).ToList();
        members.AddRange(touched.Where(t => members.All(m => m.Name != t)).Select(t => new VectorFileMember(t, new(StringComparer.Ordinal))));
        var entries = members.Where(m => touched.Contains(m.Name)).ToDictionary(m => m.Name, m => m.Entries!);
        foreach (var (collection, id) in changes.Removed)
        {
            if (Find(scope, collection, id) is not null)
            {
                entries[collection].Remove(id);
            }
        }

        foreach (var record in changes.Upserted.Where(r => touched.Contains(r.Collection)))
        {
            var old = entries[record.Collection].GetValueOrDefault(record.Id);
            if (old is not null && old.Scope != scope)
            {
                throw new ArgumentException($"The id '{record.Id}' in {record.Collection} cannot be used in this space. Give the record an id of its own.");
            }

            if (old is null || !old.Holds(record))
            {
                entries[record.Collection][record.Id] = VectorFileEntry.New(scope, record, old?.Extra ?? []);
            }
        }

        return new VectorFileContent(members, Identity);
    }

    private VectorFileEntry? FindAny(string collection, string id) =>
        Members.FirstOrDefault(m => m.Name == collection)?.Entries?.GetValueOrDefault(id);

    private Dictionary<(MemoryScope Scope, string Collection), VectorFileEntry[]> GroupBySpace() =>
        Collections.SelectMany(c => c.Entries.Values.Where(e => e.Scope is not null).Select(e => (Key: (e.Scope!, c.Collection), Entry: e)))
            .GroupBy(e => e.Key, e => e.Entry)
            .ToDictionary(g => g.Key, g => g.OrderBy(e => e.Id, StringComparer.Ordinal).ToArray());
}
