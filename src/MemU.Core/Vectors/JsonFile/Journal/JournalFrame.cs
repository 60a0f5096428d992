using System.Buffers;
using System.Buffers.Binary;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// The envelope of a frame: mark, kind, length and checksum, then the payload. The checksum covers the journal's salt and the place of the frame too: a frame
/// is valid only where it was written.
/// </summary>
/// <param name="Kind">What the payload is.</param>
/// <param name="Length">Of the payload, in bytes.</param>
/// <param name="Checksum">Of everything else.</param>
internal readonly record struct JournalFrame(FrameKind Kind, int Length, uint Checksum)
{
    public const int HeaderSize = 16;
    private const int ChecksumAt = 12;

    /// <summary>The first bytes of every frame.</summary>
    public static ReadOnlySpan<byte> Mark => "MJRF"u8;

    /// <summary>Reads an envelope; null when there is none.</summary>
    public static JournalFrame? Read(ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        return bytes.StartsWith(Mark) && bytes[4] is (byte)FrameKind.Changes or (byte)FrameKind.Checkpoint && length >= 0
            ? new JournalFrame((FrameKind)bytes[4], length, BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]))
            : null;
    }

    /// <summary>Appends a frame to bytes that will stand at a place of the journal.</summary>
    /// <param name="output">What is to be appended to the journal.</param>
    /// <param name="salt">The journal's.</param>
    /// <param name="position">Where the frame will stand in the file.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="payload">What it holds.</param>
    public static void Write(IBufferWriter<byte> output, ulong salt, long position, FrameKind kind, ReadOnlySpan<byte> payload)
    {
        var bytes = output.GetSpan(HeaderSize + payload.Length);
        bytes[..HeaderSize].Clear();
        Mark.CopyTo(bytes);
        bytes[4] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], payload.Length);
        payload.CopyTo(bytes[HeaderSize..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], ChecksumOf(salt, position, bytes[..ChecksumAt], payload));
        output.Advance(HeaderSize + payload.Length);
    }

    /// <summary>What the checksum of a frame at a place must be.</summary>
    public static uint ChecksumOf(ulong salt, long position, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> payload)
    {
        Span<byte> place = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(place, salt);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], position);
        return Crc32C.Of(payload, Crc32C.Of(envelope[..ChecksumAt], Crc32C.Of(place)));
    }
}
