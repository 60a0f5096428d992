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
    private readonly Dictionary<string, int> modelNumbers = new(StringComparer.Ordinal);
    private readonly List<string> models = [];
    private (string Collection, MemoryScope? Scope) lastSegment;
    private int lastNumber = -1;

    public bool Take(VectorFileEntry entry, ReadOnlySpan<float> vector)
    {
        if (!ids.Add(entry.Collection, entry.Id))
        {
            return false;
        }

        entries.Add(new Entry
        {
            Segment = NumberOf(entry.Collection, entry.Scope),
            Row = rows.Add(entry.Scope, vector),
            RowLength = EntryBytes.VectorLength(vector.Length),
            Model = NumberOf(entry.Model),
            Raw = entry.Raw.Start,
            RawLength = checked((int)entry.Raw.Length),
            Text = entry.Text is { } text ? checked((int)(text.Start - entry.Raw.Start)) : 0,
            TextLength = checked((int)(entry.Text?.Length ?? 0)),
        });
        return true;
    }

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

            writer.Add(ids[order[i]], rows.Read(entry.Row, buffer, entry.RowLength), entry.Model < 0 ? null : models[entry.Model], new ByteRange(entry.Raw, entry.RawLength), entry.TextRange);
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

    private int NumberOf(string? model)
    {
        if (model is null)
        {
            return -1;
        }

        if (!modelNumbers.TryGetValue(model, out var number))
        {
            modelNumbers.Add(model, number = models.Count);
            models.Add(model);
        }

        return number;
    }

    private readonly record struct Entry
    {
        public int Segment { get; init; }

        public int RowLength { get; init; }

        public long Row { get; init; }

        public long Raw { get; init; }

        public int RawLength { get; init; }

        public int Model { get; init; }

        public int Text { get; init; }

        public int TextLength { get; init; }

        public ByteRange? TextRange => TextLength == 0 ? null : new ByteRange(Raw + Text, TextLength);
    }
}
