using System.Buffers.Binary;
using System.Text;

namespace MemU.Vectors;

/// <summary>How a space and a collection are named in the index file. Two of them are equal when their bytes are.</summary>
internal static class SidecarHead
{
    /// <summary>The bytes for a collection of a space; null is the space of entries that can have none.</summary>
    public static byte[] Of(string collection, MemoryScope? scope)
    {
        string[] parts = scope is null ? [] : [scope.Tenant, scope.User, scope.Agent];
        var bytes = new byte[2 + parts.Sum(p => sizeof(int) + Encoding.UTF8.GetByteCount(p))];
        (bytes[0], bytes[1]) = (CollectionNumbers.Of(collection), scope is null ? (byte)0 : (byte)1);
        var at = 2;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, bytes.AsSpan(at + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), length);
            at += sizeof(int) + length;
        }

        return bytes;
    }

    /// <summary>Reads the bytes at a place.</summary>
    public static (string Collection, MemoryScope? Scope) Read(VectorSidecar sidecar, long position)
    {
        Span<byte> start = stackalloc byte[2];
        sidecar.Read(start, position);
        var collection = CollectionNumbers.NameOf(start[0]) ?? throw new SidecarDamage();
        if (start[1] == 0)
        {
            return (collection, null);
        }

        var at = position + start.Length;
        var tenant = Part(sidecar, ref at);
        return (collection, new MemoryScope(Part(sidecar, ref at), Part(sidecar, ref at), tenant));
    }

    private static string Part(VectorSidecar sidecar, ref long at)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        sidecar.Read(length, at);
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        sidecar.Read(bytes, at + length.Length);
        at += length.Length + bytes.Length;
        return Encoding.UTF8.GetString(bytes);
    }
}
