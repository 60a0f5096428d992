using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MemU.Sql;

/// <summary>
/// Vectors as bytes: little-endian 32-bit floats, one after the other. Every vector that is stored in a database goes through here, with the space it belongs to.
/// </summary>
internal static class VectorBytes
{
    /// <summary>One vector.</summary>
    public static byte[] From(MemoryScope scope, ReadOnlyMemory<float> vector) => From(scope, [vector]);

    /// <summary>Several vectors.</summary>
    public static byte[] From(MemoryScope scope, params ReadOnlySpan<ReadOnlyMemory<float>> vectors)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var length = 0;
        foreach (var vector in vectors)
        {
            length += vector.Length;
        }

        var bytes = new byte[length * sizeof(float)];
        var rest = bytes.AsSpan();
        foreach (var vector in vectors)
        {
            Write(vector.Span, rest);
            rest = rest[(vector.Length * sizeof(float))..];
        }

        return bytes;
    }

    /// <summary>The same memory as floats where the machine has this byte order, else a copy.</summary>
    public static ReadOnlySpan<float> Read(MemoryScope scope, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return BitConverter.IsLittleEndian ? MemoryMarshal.Cast<byte, float>(bytes) : Swap(bytes);
    }

    private static void Write(ReadOnlySpan<float> vector, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(vector).CopyTo(bytes);
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], vector[i]);
        }
    }

    private static float[] Swap(ReadOnlySpan<byte> bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return vector;
    }
}
