using MemU.Files;

namespace MemU.Vectors;

/// <summary>Makes the index of a snapshot while the snapshot is read: some hundred bytes an entry are kept in memory. Not thread-safe.</summary>
/// <param name="rows">Where the vectors are kept until they are in order.</param>
internal sealed class SidecarBuilder(RowSpool rows) : IVectorFileSink
{
    private readonly IdSet ids = new();
    private readonly List<Entry> entries = [];
    private readonly Dictionary<(string Collection, MemoryScope? Scope), int> numbers = [];
    private readonly List<(string Collection, MemoryScope? Scope)> segments = [];
    private readonly Dictionary<string, string> models = new(StringComparer.Ordinal);
    private (string Collection, MemoryScope? Scope) lastSegment;
    private int lastNumber = -1;

    public bool IsNew(string collection, string id) => ids.Add(collection, id);

    public void Take(string collection, VectorFileEntryReader entry) => entries.Add(new Entry
    {
        Segment = NumberOf(collection, entry.Scope),
        Row = rows.Add(entry.Scope, entry.Vector),
        RowLength = EntryBytes.VectorLength(entry.Vector.Length),
        Model = Shared(entry.Model),
        Raw = entry.Raw,
        Text = entry.Text,
    });

    /// <summary>Writes the index.</summary>
    public void Write(Stream output, FileIdentity file, SnapshotIdentity snapshot, SnapshotStructure structure, CancellationToken cancellationToken)
    {
        rows.Flush();
        var order = new int[entries.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, Compare);
        var writer = new SidecarWriter(output);
        var buffer = Array.Empty<byte>();
        for (var i = 0; i < order.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entry = entries[order[i]];
            if (i == 0 || entries[order[i - 1]].Segment != entry.Segment)
            {
                writer.Begin(segments[entry.Segment].Collection, segments[entry.Segment].Scope);
            }

            if (buffer.Length < entry.RowLength)
            {
                buffer = new byte[entry.RowLength];
            }

            writer.Add(ids[order[i]], rows.Read(entry.Row, buffer, entry.RowLength), entry.Model, entry.Raw, entry.Text);
            if (i == order.Length - 1 || entries[order[i + 1]].Segment != entry.Segment)
            {
                writer.End();
            }
        }

        writer.Finish(file, snapshot, structure);
    }

    private int Compare(int a, int b) =>
        entries[a].Segment is var x && entries[b].Segment is var y && x != y ? x - y : IdSet.Compare(ids[a], ids[b]);

    private int NumberOf(string collection, MemoryScope? scope)
    {
        if (lastNumber >= 0 && ReferenceEquals(lastSegment.Collection, collection) && ReferenceEquals(lastSegment.Scope, scope))
        {
            return lastNumber;
        }

        if (!numbers.TryGetValue((collection, scope), out var number))
        {
            numbers.Add((collection, scope), number = segments.Count);
            segments.Add((collection, scope));
        }

        (lastSegment, lastNumber) = ((collection, scope), number);
        return number;
    }

    private string? Shared(string? model)
    {
        if (model is null)
        {
            return null;
        }

        if (!models.TryGetValue(model, out var shared))
        {
            models.Add(model, shared = model);
        }

        return shared;
    }

    private readonly record struct Entry
    {
        public int Segment { get; init; }

        public int RowLength { get; init; }

        public long Row { get; init; }

        public string? Model { get; init; }

        public ByteRange Raw { get; init; }

        public ByteRange? Text { get; init; }
    }
}
