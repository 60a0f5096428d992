using System.Security.Cryptography;
using System.Text;

namespace MemU.Maintenance;

/// <summary>
/// The ids that the records of a file get in the space that imports it. In the space that was exported they keep theirs. Ids are unique in a
/// database, so every other space gets ids of its own, computed from the space and the old id: the same file again gives the same ids.
/// Not thread-safe.
/// </summary>
internal sealed class IdMap(MemoryScope target, MemoryScope source)
{
    private readonly bool keeps = target == source;
    private readonly Dictionary<string, string> merged = new(StringComparer.Ordinal);

    /// <summary>The id in the space that imports.</summary>
    public string this[string id] => merged.TryGetValue(id, out var other) ? other : keeps ? id : Moved(id);

    /// <summary>From now on the record of the file is one that was there already.</summary>
    public void Merge(string id, string existingId) => merged[id] = existingId;

    /// <summary>Takes <see cref="Merge"/> back.</summary>
    public void Unmerge(string id) => merged.Remove(id);

    private string Moved(string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Key}\0{id}"));
        Span<byte> bytes = stackalloc byte[16];
        if (Guid.TryParseExact(id, "D", out var old) && old.Version == 7)
        {
            // Time and sequence stay, so that lists keep their order.
            old.TryWriteBytes(bytes, bigEndian: true, out _);
            hash.AsSpan(0, 8).CopyTo(bytes[8..]);
        }
        else
        {
            hash.AsSpan(0, 16).CopyTo(bytes);
            bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        }

        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
