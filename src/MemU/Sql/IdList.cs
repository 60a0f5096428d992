using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// A list of ids as a row of <c>vector_blocks</c> keeps it. An id that is a UUID of a version from 1 to 8 in lower-case letters: a zero byte and its 16 bytes, as the
/// check of erasures looks for them. Another one: its length in UTF-8 (a byte; 255 and four bytes, little-endian, from 255 on) and the UTF-8.
/// </summary>
internal static class IdList
{
    private const byte Uuid = 0;
    private const byte Long = 255;
    private const int UuidBytes = 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Write(IEnumerable<string> ids)
    {
        var written = new ArrayBufferWriter<byte>();
        foreach (var id in ids)
        {
            if (TryWriteUuid(id, written))
            {
                continue;
            }

            var bytes = Encoding.UTF8.GetByteCount(id);
            var head = written.GetSpan(1 + sizeof(int));
            head[0] = (byte)Math.Min(bytes, Long);
            if (bytes >= Long)
            {
                BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes);
            }

            written.Advance(bytes < Long ? 1 : 1 + sizeof(int));
            written.Advance(Encoding.UTF8.GetBytes(id, written.GetSpan(bytes)));
        }

        return written.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">It is none.</exception>
    public static List<string> Read(ReadOnlySpan<byte> list)
    {
        var ids = new List<VectorId>((list.Length / (1 + UuidBytes)) + 1);
        Read(list, ids);
        return ids.ConvertAll(id => id.ToString());
    }

    /// <summary>Reads the ids into a list, in place of what was in it; UUIDs are not made to strings.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    // Compiled at once: every id of a space passes here at the first question.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ReadOnlySpan<byte> list, List<VectorId> ids)
    {
        ids.Clear();
        while (!list.IsEmpty)
        {
            var length = list[0] switch
            {
                Uuid => UuidBytes,
                Long => list.Length > sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(list[1..]) : -1,
                var bytes => bytes,
            };
            var start = list[0] == Long ? 1 + sizeof(int) : 1;
            if (length < 0 || length > list.Length - start)
            {
                throw VectorBlock.Damaged();
            }

            ids.Add(list[0] == Uuid ? new VectorId(new Guid(list.Slice(start, length), bigEndian: true)) : new VectorId(Text(list.Slice(start, length))));
            list = list[(start + length)..];
        }
    }

    private static bool TryWriteUuid(string id, ArrayBufferWriter<byte> written)
    {
        if (!CanonicalUuid.TryParse(id, out var uuid) || uuid.Version is < 1 or > 8 || uuid.Variant >> 2 != 2)
        {
            return false;
        }

        var span = written.GetSpan(1 + UuidBytes);
        span[0] = Uuid;
        uuid.TryWriteBytes(span[1..], bigEndian: true, out _);
        written.Advance(1 + UuidBytes);
        return true;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw VectorBlock.Damaged();
        }
    }
}
