using System.Text;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>Makes the index of a snapshot that was just written, from the index of the one before and the journal: nothing is read from JSON.</summary>
/// <param name="state">What was written.</param>
/// <param name="changes">What the journal says last of each id.</param>
/// <param name="written">Where everything stands now.</param>
internal sealed class SidecarMerge(VectorFileState state, IReadOnlyList<JournalEntry> changes, SnapshotWriter written)
{
    private readonly long[] counts = new long[CollectionNumbers.Count];
    private byte[] row = [];

    /// <summary>Writes the index.</summary>
    public void Write(Stream output, FileIdentity file, SnapshotIdentity identity)
    {
        var writer = new SidecarWriter(output);
        var changed = changes.Select(c => (c.Collection, c.Id)).ToHashSet();
        var added = changes.Where(c => !c.IsRemoval).GroupBy(c => (c.Collection, Scope: (MemoryScope?)c.Scope)).ToDictionary(g => g.Key, g => Sorted(g));
        foreach (var segment in state.Snapshot.Sidecar.Segments())
        {
            var (collection, scope) = SidecarHead.Read(state.Snapshot.Sidecar, segment.Head);
            added.Remove((collection, scope), out var joining);
            Write(writer, collection, scope, segment, joining ?? [], changed);
        }

        foreach (var ((collection, scope), joining) in added)
        {
            Write(writer, collection, scope, null, joining, changed);
        }

        writer.Finish(file, identity, written.StructureWith(counts));
    }

    private static (byte[] Id, JournalEntry Entry)[] Sorted(IEnumerable<JournalEntry> entries)
    {
        var sorted = entries.Select(e => (Encoding.UTF8.GetBytes(e.Id), e)).ToArray();
        Array.Sort(sorted, (a, b) => IdSet.Compare(a.Item1, b.Item1));
        return sorted;
    }

    private void Write(
        SidecarWriter writer, string collection, MemoryScope? scope, SidecarSegment? below, (byte[] Id, JournalEntry Entry)[] joining, HashSet<(string, string)> changed)
    {
        var (sidecar, next) = (state.Snapshot.Sidecar, 0);
        ref var count = ref counts[CollectionNumbers.Of(collection)];
        writer.Begin(collection, scope);
        if (below is { } segment)
        {
            var ids = sidecar.IdsOf(segment);
            foreach (var entry in sidecar.EntriesOf(segment))
            {
                var id = ids.AsSpan((int)(entry.Id - segment.Ids), entry.IdLength);
                if (changed.Contains((collection, Encoding.UTF8.GetString(id))))
                {
                    continue;
                }

                for (; next < joining.Length && IdSet.Compare(joining[next].Id, id) < 0; next++, count++)
                {
                    Add(writer, joining[next].Id, joining[next].Entry);
                }

                Add(writer, id, entry);
                count++;
            }
        }

        for (; next < joining.Length; next++, count++)
        {
            Add(writer, joining[next].Id, joining[next].Entry);
        }

        writer.End();
    }

    private void Add(SidecarWriter writer, byte[] id, JournalEntry entry)
    {
        var place = written.PlaceOf(entry);
        writer.Add(id, state.Journal!.Read(entry.Vector), entry.Model, place.Raw, place.Text);
    }

    private void Add(SidecarWriter writer, ReadOnlySpan<byte> id, SidecarEntry entry)
    {
        var length = EntryBytes.VectorLength(entry.Dimensions);
        row = row.Length < length ? new byte[length] : row;
        state.Snapshot.Sidecar.Read(row.AsSpan(0, length), entry.Row);
        ByteRange raw = new(written.Moved(entry.Raw), entry.RawLength);
        writer.Add(id, row.AsSpan(0, length), state.Snapshot.Sidecar.ModelOf(entry), raw, entry.TextRange is { } text ? new ByteRange(raw.Start + entry.Text, text.Length) : null);
    }
}
