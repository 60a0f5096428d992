using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MemU.Vectors;

/// <summary>
/// The one place where the text and the numbers of an entry become the bytes that the journal and the index file hold, and come back from them. The scope
/// says whose they are.
/// </summary>
internal static class EntryBytes
{
    /// <summary>How many bytes a vector takes.</summary>
    public static int VectorLength(int dimensions) => checked(dimensions * sizeof(float));

    /// <summary>How many numbers so many bytes hold.</summary>
    public static int Dimensions(long length) => checked((int)(length / sizeof(float)));

    /// <summary>Writes the numbers, little-endian, into <see cref="VectorLength"/> bytes.</summary>
    public static void PutVector(MemoryScope? scope, ReadOnlySpan<float> vector, Span<byte> bytes)
    {
        _ = scope;
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

    /// <summary>Reads the numbers of one vector, or of several that follow each other.</summary>
    public static void TakeVector(MemoryScope? scope, ReadOnlySpan<byte> bytes, Span<float> vector)
    {
        _ = scope;
        if (BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(vector));
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }
    }

    /// <summary>The text as it is stored.</summary>
    public static byte[] OfText(MemoryScope scope, string text)
    {
        _ = scope;
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The text that was stored.</summary>
    public static string TextOf(MemoryScope scope, ReadOnlySpan<byte> bytes)
    {
        _ = scope;
        return Encoding.UTF8.GetString(bytes);
    }
}
