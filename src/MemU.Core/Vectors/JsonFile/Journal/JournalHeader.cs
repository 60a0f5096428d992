using System.Buffers.Binary;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>The first bytes of a journal.</summary>
/// <param name="Salt">A random number; it goes into every checksum, so that no text that a user chose can look like a frame.</param>
/// <param name="Snapshot">The snapshot that the records change.</param>
internal sealed record JournalHeader(ulong Salt, SnapshotIdentity Snapshot)
{
    public const int Size = 44;
    private const uint Version = 1;
    private const int ChecksumAt = Size - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "MEMUJRNL"u8;

    /// <summary>Reads a header.</summary>
    /// <exception cref="JournalDamage">It is none, or of a later version.</exception>
    public static JournalHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic) || Crc32C.Of(bytes[..ChecksumAt]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]))
        {
            throw new JournalDamage("the header of a journal with a fitting checksum", 0);
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) is var version && version == Version
            ? new JournalHeader(BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), SnapshotIdentity.Read(bytes[24..]))
            : throw new JournalDamage($"version {Version}, but it is {version} and a later program made it", 8);
    }

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], Salt);
        Snapshot.Write(bytes[24..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Crc32C.Of(bytes[..ChecksumAt]));
    }
}
