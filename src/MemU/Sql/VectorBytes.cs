using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// Vectors as bytes: little-endian 32-bit floats, one after the other, sealed. Every vector that is stored in a database goes through here.
/// </summary>
internal static class VectorBytes
{
    /// <summary>Vectors of one collection, sealed for an id, or a list of ids.</summary>
    public static byte[] From(IVectorSeal seal, string collection, string id, params ReadOnlySpan<ReadOnlyMemory<float>> vectors)
    {
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

        return seal.Seal(collection, id, bytes);
    }

    /// <summary>One vector as a value of a statement: its own memory where it is stored as it is and the machine has this byte order, else its bytes.</summary>
    public static object ToBind(IVectorSeal seal, string collection, string id, ReadOnlyMemory<float> vector) =>
        BitConverter.IsLittleEndian && !seal.BindsIds ? vector : From(seal, collection, id, vector);

    /// <summary>How many bytes such a value has; 0 for none.</summary>
    public static int LengthOf(object? bound) => bound switch
    {
        ReadOnlyMemory<float> vector => vector.Length * sizeof(float),
        byte[] bytes => bytes.Length,
        _ => 0,
    };

    /// <summary>The same memory as floats where they are stored as they are and the machine has this byte order; else in the buffer, or a copy.</summary>
    /// <exception cref="InvalidDataException">They are not what was sealed for this id.</exception>
    public static ReadOnlySpan<float> Read(IVectorSeal seal, string collection, string id, ReadOnlySpan<byte> written, ref byte[] buffer)
    {
        var bytes = seal.Open(collection, id, written, ref buffer);
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
