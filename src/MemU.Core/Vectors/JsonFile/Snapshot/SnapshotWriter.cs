using MemU.Files;

namespace MemU.Vectors;

/// <summary>Writes the snapshot that holds what a state holds, and knows afterwards where everything has come to stand. Not thread-safe.</summary>
/// <param name="state">The state.</param>
/// <param name="changes">What the journal says last of each id.</param>
internal sealed class SnapshotWriter(VectorFileState state, IReadOnlyList<JournalEntry> changes)
{
    private readonly IReadOnlyList<SnapshotEdit> edits = SnapshotPlan.Of(state.Snapshot, changes);
    private readonly Dictionary<JournalEntry, WrittenEntry> written = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, long> newEnds = [];

    // After each edit: how much further the rest stands in the new file.
    private readonly List<(long From, long Shift)> shifts = [];

    /// <summary>Writes it.</summary>
    public void Write(Stream output, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var json = new SnapshotOutput(output, progress);
        var position = 0L;
        foreach (var edit in edits)
        {
            Copy(json, ByteRange.Between(position, edit.Start), cancellationToken);
            json.Put(edit.Before);
            for (var i = 0; i < edit.Entries.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                json.Put(i == 0 ? "" : ",\n    ");
                written.Add(edit.Entries[i], SnapshotEntry.Write(json, edit.Entries[i].Scope, state.RecordOf(edit.Entries[i]), edit.Extra));
            }

            if (edit.NewCollection is not null)
            {
                newEnds.Add(edit.NewCollection, json.Position + edit.After.IndexOf('}'));
            }

            json.Put(edit.After);
            position = edit.End;
            shifts.Add((position, json.Position - position));
        }

        Copy(json, ByteRange.Between(position, state.Snapshot.Json is null ? 2 : state.Snapshot.File.Length), cancellationToken);
        json.Put(state.Snapshot.Json is null ? "\n" : "");
        json.Flush();
    }

    /// <summary>Where something stands now that stood in the old snapshot and was not changed.</summary>
    public long Moved(long position)
    {
        var (low, high) = (0, shifts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = shifts[middle].From <= position ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? position : position + shifts[low - 1].Shift;
    }

    /// <summary>Where a record of the journal stands now.</summary>
    public WrittenEntry PlaceOf(JournalEntry entry) => written[entry];

    /// <summary>Where the braces stand now.</summary>
    /// <param name="counts">How many entries each collection has now, by its number.</param>
    public SnapshotStructure StructureWith(IReadOnlyList<long> counts)
    {
        var old = state.Snapshot.Sidecar.Structure;
        return new SnapshotStructure(
            Moved(old.End),
            old.Members + newEnds.Count,
            [.. old.Collections.Select((c, number) => new SnapshotCollection(
                c.Exists ? Moved(c.End) : newEnds.GetValueOrDefault(CollectionNumbers.NameOf((byte)number)!, -1), counts[number]))]);
    }

    private void Copy(SnapshotOutput json, ByteRange range, CancellationToken cancellationToken)
    {
        if (state.Snapshot.Json is { } source)
        {
            json.Copy(source, range, cancellationToken);
        }
        else
        {
            json.Put("{}"u8.Slice((int)range.Start, (int)range.Length));
        }
    }
}
