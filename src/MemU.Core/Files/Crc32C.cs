using System.Buffers.Binary;
using System.Numerics;

namespace MemU.Files;

/// <summary>The CRC-32C (Castagnoli) of bytes; the processor computes it where it can.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of the bytes that follow those whose checksum is given.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
