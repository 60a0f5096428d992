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

    /// <summary>Leaves room for the envelope of a frame whose payload is written next.</summary>
    /// <returns>Where the frame begins among the bytes.</returns>
    public static int Begin(JournalBytes output)
    {
        output.Take(HeaderSize).Clear();
        return output.Length - HeaderSize;
    }

    /// <summary>Puts the envelope around the payload that was written since.</summary>
    /// <param name="output">What is to be appended to the journal.</param>
    /// <param name="start">What <see cref="Begin"/> returned.</param>
    /// <param name="salt">The journal's.</param>
    /// <param name="kind">What the frame is.</param>
    public static void End(JournalBytes output, int start, ulong salt, FrameKind kind)
    {
        var bytes = output.Written[start..];
        var payload = bytes[HeaderSize..];
        Mark.CopyTo(bytes);
        bytes[4] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], ChecksumOf(salt, output.Position - bytes.Length, bytes[..ChecksumAt], payload));
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
