using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// What has to change in a snapshot so that it holds what a journal says: cuts, replacements and additions in the order of the file. Everything between them
/// stays as it is, byte for byte. Takes memory for the changes only.
/// </summary>
internal sealed class SnapshotPlan
{
    private readonly VectorSnapshot snapshot;
    private readonly List<SnapshotEdit> edits = [];

    private SnapshotPlan(VectorSnapshot snapshot) => this.snapshot = snapshot;

    /// <summary>The edits, in order.</summary>
    public static IReadOnlyList<SnapshotEdit> Of(VectorSnapshot snapshot, IReadOnlyList<JournalEntry> changes)
    {
        var plan = new SnapshotPlan(snapshot);
        List<string> missing = [];
        foreach (var collection in changes.GroupBy(c => c.Collection))
        {
            if (snapshot.Sidecar.Structure.Collections[CollectionNumbers.Of(collection.Key)] is { Exists: true } there)
            {
                plan.Change(there, collection);
            }
            else if (collection.Any(c => !c.IsRemoval))
            {
                missing.Add(collection.Key);
            }
        }

        plan.Append(missing, changes);
        return [.. plan.edits.Select((edit, number) => (edit, number)).OrderBy(e => e.edit.Start).ThenBy(e => e.edit.End).ThenBy(e => e.number).Select(e => e.edit)];
    }

    private void Change(SnapshotCollection collection, IEnumerable<JournalEntry> changes)
    {
        List<ByteRange> removed = [];
        List<JournalEntry> added = [];
        foreach (var change in changes)
        {
            var below = snapshot.Sidecar.Find(change.Collection, change.Id);
            if (below is { } entry && change.IsRemoval)
            {
                removed.Add(entry.RawRange);
            }
            else if (below is { } old)
            {
                edits.Add(new SnapshotEdit(old.Raw, old.RawRange.End) { Entries = [change], Extra = ExtraMembers.Of(snapshot.ReadJson(old.RawRange)) });
            }
            else if (!change.IsRemoval)
            {
                added.Add(change);
            }
        }

        Cut(removed);
        if (added.Count > 0)
        {
            var isEmpty = collection.Count == removed.Count;
            edits.Add(At(AfterLast(collection.End)) with { Before = isEmpty ? "\n    " : ",\n    ", Entries = added, After = isEmpty ? "\n  " : "" });
        }
    }

    private void Cut(List<ByteRange> removed)
    {
        // The first entry of a collection goes with the comma after it, any other with the comma before it.
        var firstAt = -1L;
        foreach (var range in removed.OrderBy(r => r.Start))
        {
            var before = AfterLast(range.Start) - 1;
            if (range.Start != firstAt && ByteAt(before) == ',')
            {
                edits.Add(new SnapshotEdit(before, range.End));
                continue;
            }

            var after = BeforeNext(range.End);
            firstAt = ByteAt(after) == ',' ? BeforeNext(after + 1) : -1;
            edits.Add(new SnapshotEdit(range.Start, firstAt < 0 ? range.End : firstAt));
        }
    }

    private void Append(List<string> collections, IReadOnlyList<JournalEntry> changes)
    {
        var structure = snapshot.Sidecar.Structure;
        for (var i = 0; i < collections.Count; i++)
        {
            var isOnly = structure.Members == 0 && i == 0;
            var isLast = structure.Members == 0 && i == collections.Count - 1;
            edits.Add(At(AfterLast(structure.End)) with
            {
                NewCollection = collections[i],
                Before = $"{(isOnly ? "" : ",")}\n  \"{collections[i]}\": {{\n    ",
                Entries = [.. changes.Where(c => c.Collection == collections[i] && !c.IsRemoval)],
                After = $"\n  }}{(isLast ? "\n" : "")}",
            });
        }
    }

    private static SnapshotEdit At(long position) => new(position, position);

    /// <summary>Where the white space before a place begins. Nothing but white space stands between two tokens of JSON.</summary>
    private long AfterLast(long position)
    {
        while (ByteAt(position - 1) is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position--;
        }

        return position;
    }

    private long BeforeNext(long position)
    {
        while (ByteAt(position) is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    private byte ByteAt(long position)
    {
        if (snapshot.Json is null)
        {
            return "{}"u8[(int)position];
        }

        Span<byte> one = stackalloc byte[1];
        FileBytes.ReadExactly(snapshot.Json, one, position);
        return one[0];
    }
}
