using System.Buffers.Binary;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>The last bytes of an index file: which snapshot it belongs to, and where everything stands.</summary>
internal sealed record SidecarFooter
{
    private const long Magic = 0x31584449554D454D; // MEMUIDX1
    private const long Version = 1;
    private static readonly int FieldCount = 17 + (2 * CollectionNumbers.Count);

    /// <summary>The bytes that it takes.</summary>
    public static int Size { get; } = (FieldCount * sizeof(long)) + sizeof(long);

    /// <summary>Length and time of the snapshot's file.</summary>
    public required FileIdentity File { get; init; }

    public required SnapshotIdentity Snapshot { get; init; }

    /// <summary>How many bytes of the index file are covered by checksums, which follow them.</summary>
    public required long DataLength { get; init; }

    /// <summary>The checksum of the checksums.</summary>
    public required uint ChecksumOfChecksums { get; init; }

    public required long Segments { get; init; }

    public required long SegmentCount { get; init; }

    public required long SegmentTable { get; init; }

    public required long SegmentSlots { get; init; }

    public required long IdTable { get; init; }

    public required long IdSlots { get; init; }

    /// <summary>Where the names of the models stand: each a length and UTF-8.</summary>
    public required long Models { get; init; }

    public required long ModelCount { get; init; }

    public required SnapshotStructure Structure { get; init; }

    /// <summary>Reads a footer; null when it is none, is damaged or of another version.</summary>
    public static SidecarFooter? Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new long[FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        }

        var checkedBytes = bytes[..(fields.Length * sizeof(long))];
        if (fields[0] != Magic || fields[1] != Version || BinaryPrimitives.ReadInt64LittleEndian(bytes[checkedBytes.Length..]) != Crc32C.Of(checkedBytes))
        {
            return null;
        }

        return new SidecarFooter
        {
            File = new FileIdentity(true, fields[2], new DateTime(fields[3], DateTimeKind.Utc)),
            Snapshot = new SnapshotIdentity(fields[2], (uint)fields[4], (uint)(fields[4] >>> 32)),
            DataLength = fields[5],
            ChecksumOfChecksums = (uint)fields[6],
            Segments = fields[7],
            SegmentCount = fields[8],
            SegmentTable = fields[9],
            SegmentSlots = fields[10],
            IdTable = fields[11],
            IdSlots = fields[12],
            Models = fields[13],
            ModelCount = fields[14],
            Structure = new SnapshotStructure(
                fields[15],
                (int)fields[16],
                [.. Enumerable.Range(0, CollectionNumbers.Count).Select(i => new SnapshotCollection(fields[17 + (2 * i)], fields[18 + (2 * i)]))]),
        };
    }

    /// <summary>The bytes of the footer.</summary>
    public byte[] ToBytes()
    {
        long[] fields =
        [
            Magic, Version, File.Length, File.Written.Ticks, Snapshot.Head | ((long)Snapshot.Tail << 32), DataLength, ChecksumOfChecksums, Segments, SegmentCount, SegmentTable,
            SegmentSlots, IdTable, IdSlots, Models, ModelCount, Structure.End, Structure.Members, .. Structure.Collections.SelectMany(c => new[] { c.End, c.Count }),
        ];
        var bytes = new byte[Size];
        for (var i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), fields[i]);
        }

        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(fields.Length * sizeof(long)), Crc32C.Of(bytes.AsSpan(0, fields.Length * sizeof(long))));
        return bytes;
    }
}
