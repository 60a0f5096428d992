using System.Runtime.InteropServices;

namespace MemU.Vectors;

/// <summary>A slot of a hash table of the index file. Stands in the file as it is here.</summary>
/// <param name="Hash">Of what is looked up.</param>
/// <param name="Target">Where it stands in the file; 0 when the slot is free.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct SidecarSlot(ulong Hash, long Target)
{
    /// <summary>The hash of bytes (FNV-1a, mixed).</summary>
    public static ulong HashOf(byte kind, ReadOnlySpan<byte> bytes)
    {
        var hash = (14695981039346656037UL ^ kind) * 1099511628211UL;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCDUL;
        return hash ^ (hash >> 33);
    }

    /// <summary>A table that is at most two thirds full; its length is a power of two.</summary>
    public static SidecarSlot[] Table(IReadOnlyCollection<SidecarSlot> targets)
    {
        var table = new SidecarSlot[System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(targets.Count * 3L / 2) + 1)];
        foreach (var target in targets)
        {
            var at = target.Hash & (ulong)(table.Length - 1);
            while (table[at].Target != 0)
            {
                at = (at + 1) & (ulong)(table.Length - 1);
            }

            table[at] = target;
        }

        return table;
    }
}
