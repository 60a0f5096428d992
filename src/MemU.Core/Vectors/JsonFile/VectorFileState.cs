using System.Text;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// What a vector file holds: a snapshot and the journal's changes over it. Stays what it is while somebody uses it, whatever happens to the files; only more
/// changes of the same journal join it. Thread-safe, but for joining them.
/// </summary>
internal sealed class VectorFileState : IDisposable
{
    private static long lastEpoch;
    private int users = 1;

    /// <summary>A state whose journal is still to be replayed. It has one user.</summary>
    public VectorFileState(VectorSnapshot snapshot, VectorJournal? journal, FileIdentity journalFile, TimeProvider clock) =>
        (Snapshot, Journal, JournalFile, Look) = (snapshot, journal, journalFile, new RecentLook(clock));

    /// <summary>A number that no other state of this process has.</summary>
    public long Epoch { get; } = Interlocked.Increment(ref lastEpoch);

    /// <summary>When the files were found to be those of this state.</summary>
    public RecentLook Look { get; }

    public VectorSnapshot Snapshot { get; }

    /// <summary>The journal; null until there is one.</summary>
    public VectorJournal? Journal { get; private set; }

    /// <summary>The state of the journal's file up to which it was read.</summary>
    public FileIdentity JournalFile { get; private set; }

    public JournalOverlay Overlay { get; } = new();

    /// <summary>True when the journal belongs to another snapshot: a program that does not know journals has changed the snapshot below it.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>True when the snapshot is gone that the journal changes.</summary>
    public bool LacksSnapshot => IsForeign && Journal!.Header.Snapshot.Exists && !Snapshot.Identity.Exists;

    /// <summary>How many bytes at the end of the journal are no whole record.</summary>
    public long TornBytes => Journal is null ? JournalFile.Length : Math.Max(0, JournalFile.Length - Journal.End);

    /// <summary>Begins to use the state; false when it was given up.</summary>
    public bool TryUse()
    {
        for (var now = Volatile.Read(ref users); now > 0; now = Volatile.Read(ref users))
        {
            if (Interlocked.CompareExchange(ref users, now + 1, now) == now)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the use.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            Snapshot.Dispose();
            Journal?.Dispose();
        }
    }

    /// <summary>Reads a journal from its beginning.</summary>
    /// <exception cref="JournalDamage">A frame was damaged after it was written.</exception>
    public void Replay()
    {
        if (Journal is null)
        {
            return;
        }

        var isOwn = Journal.Header.Snapshot == Snapshot.Identity;
        var isContained = false;
        JournalFile = Journal.File;
        Journal.ReadOn((frame, payload, position) =>
        {
            if (frame.Kind == FrameKind.Changes)
            {
                Apply(ChangesPayload.Read(payload, position));
            }
            else if (!isOwn && SnapshotIdentity.Read(payload) == Snapshot.Identity)
            {
                // The snapshot was put in place, and then the writer died: it holds everything up to here.
                Overlay.Clear();
                isContained = true;
            }
        });
        IsForeign = !isOwn && !isContained;
    }

    /// <summary>Reads what others appended.</summary>
    public void ReadOn()
    {
        var file = Journal!.File;
        Journal.ReadOn((frame, payload, position) =>
        {
            if (frame.Kind == FrameKind.Changes)
            {
                Apply(ChangesPayload.Read(payload, position));
            }
        });
        JournalFile = file;
    }

    /// <summary>Takes the records of a frame that stands in the journal.</summary>
    public void Apply(IReadOnlyList<JournalEntry> entries) => Overlay.Apply(entries, IsBelow);

    /// <summary>The journal was made, or grew by what this process appended.</summary>
    public void OnAppended(VectorJournal journal) => (Journal, JournalFile) = (journal, journal.File);

    /// <summary>The space of an id; null when the index does not hold it, or when the file names a space that cannot be.</summary>
    public (bool Exists, bool IsOfScope) OwnerOf(MemoryScope scope, string collection, string id) =>
        Overlay.Find(collection, id) is { } last ? (!last.IsRemoval, !last.IsRemoval && last.Scope == scope)
        : Snapshot.Sidecar.Find(collection, id) is { } entry ? (true, Snapshot.Sidecar.IsOf(entry, collection, scope))
        : (false, false);

    /// <summary>An entry of the space by its id.</summary>
    public VectorRecord? Find(MemoryScope scope, string collection, string id)
    {
        if (Overlay.Find(collection, id) is { } last)
        {
            return last.IsRemoval || last.Scope != scope ? null : RecordOf(last);
        }

        return Snapshot.Sidecar.Find(collection, id) is { } entry && Snapshot.Sidecar.IsOf(entry, collection, scope) ? RecordOf(scope, collection, id, entry) : null;
    }

    /// <summary>A record of the journal with its numbers and its text.</summary>
    public VectorRecord RecordOf(JournalEntry entry) => new()
    {
        Collection = entry.Collection,
        Id = entry.Id,
        Model = entry.Model,
        Vector = VectorOf(entry),
        Text = entry.Text is { } text ? EntryBytes.TextOf(entry.Scope, Journal!.Read(text)) : null,
    };

    /// <summary>The numbers of a record of the journal.</summary>
    public float[] VectorOf(JournalEntry entry)
    {
        var vector = new float[EntryBytes.Dimensions(entry.Vector.Length)];
        EntryBytes.TakeVector(entry.Scope, Journal!.Read(entry.Vector), vector);
        return vector;
    }

    /// <summary>An entry of the snapshot with its numbers and its text.</summary>
    public VectorRecord RecordOf(MemoryScope scope, string collection, string id, SidecarEntry entry)
    {
        var row = new byte[EntryBytes.VectorLength(entry.Dimensions)];
        Snapshot.Sidecar.Read(row, entry.Row);
        var vector = new float[entry.Dimensions];
        EntryBytes.TakeVector(scope, row, vector);
        return new VectorRecord { Collection = collection, Id = id, Model = Snapshot.Sidecar.ModelOf(entry), Vector = vector, Text = Snapshot.TextOf(entry) };
    }

    /// <summary>The entries of a collection of a space as they are at the first step, ordered by id.</summary>
    public IEnumerable<VectorRecord> List(MemoryScope scope, string collection)
    {
        var changes = Overlay.LastOf(scope, collection);
        var written = changes.Values.Where(c => !c.IsRemoval).OrderBy(c => c.Id, StringComparer.Ordinal).ToArray();
        var next = 0;
        foreach (var (id, entry) in EntriesBelow(scope, collection, changes))
        {
            for (; next < written.Length && string.CompareOrdinal(written[next].Id, id) < 0; next++)
            {
                yield return RecordOf(written[next]);
            }

            yield return RecordOf(scope, collection, id, entry);
        }

        for (; next < written.Length; next++)
        {
            yield return RecordOf(written[next]);
        }
    }

    /// <summary>The entries of the snapshot that these changes leave, ordered by id.</summary>
    public IReadOnlyList<(string Id, SidecarEntry Entry)> EntriesBelow(MemoryScope scope, string collection, IReadOnlyDictionary<string, JournalEntry> changes)
    {
        if (Snapshot.Sidecar.SegmentOf(scope, collection) is not { } segment)
        {
            return [];
        }

        var ids = Snapshot.Sidecar.IdsOf(segment);
        List<(string, SidecarEntry)> below = new(segment.Count);
        foreach (var entry in Snapshot.Sidecar.EntriesOf(segment))
        {
            var id = Encoding.UTF8.GetString(ids, (int)(entry.Id - segment.Ids), entry.IdLength);

            // Over a snapshot that another program made, an id may be another space's by now.
            if (!changes.ContainsKey(id) && !(IsForeign && Overlay.Find(collection, id) is not null))
            {
                below.Add((id, entry));
            }
        }

        return below;
    }

    private bool IsBelow(JournalEntry entry) =>
        Snapshot.Sidecar.Find(entry.Collection, entry.Id) is { } below && Snapshot.Sidecar.IsOf(below, entry.Collection, entry.Scope);
}
