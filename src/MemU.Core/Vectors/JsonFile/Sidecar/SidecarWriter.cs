using System.Runtime.InteropServices;
using System.Text;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>Writes an index file, space by space. Keeps some thirty bytes an entry in memory. Not thread-safe.</summary>
internal sealed class SidecarWriter
{
    private readonly Stream output;
    private readonly SidecarBlocks blocks;
    private readonly List<SidecarSegment> segments = [];
    private readonly List<SidecarSlot> segmentSlots = [];
    private readonly List<SidecarSlot> idSlots = [];
    private readonly Dictionary<string, int> models = new(StringComparer.Ordinal);
    private readonly List<SidecarEntry> entries = [];
    private readonly List<byte> ids = [];
    private SidecarSegment segment;
    private byte collection;
    private byte[] head = [];

    public SidecarWriter(Stream output)
    {
        this.output = output;
        blocks = new SidecarBlocks(output);

        // Nothing stands at 0, which means nowhere in a table.
        blocks.Write(new byte[sizeof(long)]);
    }

    /// <summary>Begins a collection of a space.</summary>
    public void Begin(string ofCollection, MemoryScope? scope)
    {
        head = SidecarHead.Of(ofCollection, scope);
        collection = head[0];
    }

    /// <summary>Adds an entry. They come in order of their ids.</summary>
    /// <param name="id">In UTF-8.</param>
    /// <param name="row">The stored numbers.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="raw">Where the entry stands in the snapshot.</param>
    /// <param name="text">Where its text stands in the snapshot.</param>
    public void Add(ReadOnlySpan<byte> id, ReadOnlySpan<byte> row, string? model, ByteRange raw, ByteRange? text)
    {
        if (entries.Count == 0)
        {
            segment = new SidecarSegment { Head = blocks.Position };
            blocks.Write(head);
            segment = segment with { Rows = blocks.Position };
        }

        var dimensions = EntryBytes.Dimensions(row.Length);
        segment = segment with { Dimensions = entries.Count == 0 || segment.Dimensions == dimensions ? dimensions : -1 };
        entries.Add(new SidecarEntry
        {
            Head = segment.Head,
            Id = ids.Count,
            IdLength = id.Length,
            Row = blocks.Position,
            Dimensions = dimensions,
            Model = NumberOf(model),
            Raw = raw.Start,
            RawLength = checked((int)raw.Length),
            Text = text is { } t ? checked((int)(t.Start - raw.Start)) : 0,
            TextLength = checked((int)(text?.Length ?? 0)),
        });
        ids.AddRange(id);
        blocks.Write(row);
    }

    /// <summary>Ends the collection of the space. When nothing was added, nothing of it is written.</summary>
    public void End()
    {
        if (entries.Count == 0)
        {
            return;
        }

        segment = segment with { RowBytes = blocks.Position - segment.Rows, Ids = blocks.Position, IdBytes = ids.Count, Count = entries.Count };
        blocks.Write(CollectionsMarshal.AsSpan(ids));
        segment = segment with { Entries = blocks.Position };
        var span = CollectionsMarshal.AsSpan(entries);
        for (var i = 0; i < span.Length; i++)
        {
            var id = CollectionsMarshal.AsSpan(ids).Slice((int)span[i].Id, span[i].IdLength);
            idSlots.Add(new SidecarSlot(SidecarSlot.HashOf(collection, id), segment.Entries + (i * (long)Marshal.SizeOf<SidecarEntry>())));
            span[i] = span[i] with { Id = segment.Ids + span[i].Id };
        }

        blocks.Write<SidecarEntry>(span);
        segments.Add(segment);
        segmentSlots.Add(new SidecarSlot(SidecarSlot.HashOf(collection, head), segments.Count));
        entries.Clear();
        ids.Clear();
    }

    /// <summary>Writes the tables and the footer.</summary>
    public void Finish(FileIdentity file, SnapshotIdentity snapshot, SnapshotStructure structure)
    {
        var segmentsAt = blocks.Position;
        blocks.Write<SidecarSegment>(CollectionsMarshal.AsSpan(segments));
        var (segmentTable, segmentTableAt) = (SidecarSlot.Table(segmentSlots), blocks.Position);
        blocks.Write<SidecarSlot>(segmentTable);
        var (idTable, idTableAt) = (SidecarSlot.Table(idSlots), blocks.Position);
        blocks.Write<SidecarSlot>(idTable);
        var modelsAt = blocks.Position;
        foreach (var (name, _) in models.OrderBy(m => m.Value))
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            blocks.Write(BitConverter.GetBytes(bytes.Length));
            blocks.Write(bytes);
        }

        var (length, checksum) = blocks.Finish();
        output.Write(new SidecarFooter
        {
            File = file,
            Snapshot = snapshot,
            DataLength = length,
            ChecksumOfChecksums = checksum,
            Segments = segmentsAt,
            SegmentCount = segments.Count,
            SegmentTable = segmentTableAt,
            SegmentSlots = segmentTable.Length,
            IdTable = idTableAt,
            IdSlots = idTable.Length,
            Models = modelsAt,
            ModelCount = models.Count,
            Structure = structure,
        }.ToBytes());
    }

    private int NumberOf(string? model)
    {
        if (model is null)
        {
            return -1;
        }

        if (!models.TryGetValue(model, out var number))
        {
            models.Add(model, number = models.Count);
        }

        return number;
    }
}
