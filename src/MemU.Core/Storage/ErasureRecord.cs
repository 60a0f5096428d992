using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemU.Storage;

/// <summary>
/// What is kept of an erasure: when, of which space (its key only), and the fingerprints of the ids of what was removed. An id says nothing about the
/// words it stood beside, and a fingerprint cannot be turned back into the id; with them the raw files can be searched for what should be gone.
/// </summary>
/// <param name="SpaceKey">The <see cref="MemoryScope.Key"/> of the space.</param>
/// <param name="ErasedAt">When.</param>
/// <param name="Ids">A <see cref="FingerprintOf(ReadOnlySpan{byte})"/> for each id of a resource, passage, item, category or revision.</param>
public sealed record ErasureRecord(string SpaceKey, DateTimeOffset ErasedAt, IReadOnlyCollection<ulong> Ids)
{
    private const int Size = sizeof(ulong);

    /// <summary>The first eight bytes of the SHA-256 of an id as UTF-8.</summary>
    public static ulong FingerprintOf(ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>The fingerprints of these ids as bytes, eight each.</summary>
    internal static byte[] Pack(IReadOnlyCollection<string> ids)
    {
        var bytes = new byte[ids.Count * Size];
        foreach (var (i, print) in ids.Select(id => FingerprintOf(Encoding.UTF8.GetBytes(id))).Order().Index())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * Size), print);
        }

        return bytes;
    }

    /// <summary>The fingerprints in these bytes.</summary>
    internal static ulong[] Unpack(ReadOnlySpan<byte> bytes)
    {
        var prints = new ulong[bytes.Length / Size];
        for (var i = 0; i < prints.Length; i++)
        {
            prints[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * Size)..]);
        }

        return prints;
    }
}
