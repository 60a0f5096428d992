using System.Buffers.Binary;
using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>
/// Tells one snapshot from another by its content: its length and the checksums of its first and last stretch. A copy of a folder keeps it, whatever
/// becomes of the times of its files.
/// </summary>
/// <param name="Length">In bytes; −1 when there is no snapshot.</param>
/// <param name="Head">The CRC-32C of the first 64 KiB.</param>
/// <param name="Tail">The CRC-32C of the last 64 KiB.</param>
internal readonly record struct SnapshotIdentity(long Length, uint Head, uint Tail)
{
    /// <summary>The bytes that it takes in a file.</summary>
    public const int Size = 16;

    private const int Stretch = 1 << 16;

    /// <summary>No snapshot.</summary>
    public static SnapshotIdentity None { get; } = new(-1, 0, 0);

    /// <summary>True when there is a snapshot.</summary>
    public bool Exists => Length >= 0;

    /// <summary>The identity of an open file.</summary>
    public static SnapshotIdentity Of(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        var bytes = new byte[(int)Math.Min(length, Stretch)];
        FileBytes.ReadExactly(file, bytes, 0);
        var head = Crc32C.Of(bytes);
        FileBytes.ReadExactly(file, bytes, length - bytes.Length);
        return new SnapshotIdentity(length, head, Crc32C.Of(bytes));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SnapshotIdentity Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));

    /// <summary>Writes it into <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Head);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Tail);
    }
}
