using System.Text;

namespace MemU.Vectors;

/// <summary>The ids of a snapshot while it is read, in little memory. Not thread-safe.</summary>
internal sealed class IdSet
{
    private readonly List<long> starts = [0];
    private readonly List<byte> collections = [];
    private byte[] bytes = new byte[1 << 12];
    private (ulong Hash, int Number)[] slots = new (ulong, int)[1 << 10];

    public int Count => collections.Count;

    /// <summary>The bytes of an id, in the order of adding.</summary>
    public ReadOnlySpan<byte> this[int number] => bytes.AsSpan(checked((int)starts[number]), (int)(starts[number + 1] - starts[number]));

    /// <summary>Adds an id; false when the collection has it.</summary>
    public bool Add(string collection, string id)
    {
        var (number, length) = (CollectionNumbers.Of(collection), Encoding.UTF8.GetByteCount(id));
        var start = checked((int)starts[^1]);
        if (bytes.Length - start < length)
        {
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(bytes.Length * 2L, start + length), Array.MaxLength));
        }

        Encoding.UTF8.GetBytes(id, bytes.AsSpan(start));
        var added = bytes.AsSpan(start, length);
        var hash = SidecarSlot.HashOf(number, added);
        ref var slot = ref SlotOf(hash, number, added);
        if (slot.Number != 0)
        {
            return false;
        }

        starts.Add(start + length);
        collections.Add(number);
        slot = (hash, collections.Count);
        if (collections.Count * 3L / 2 > slots.Length)
        {
            Grow();
        }

        return true;
    }

    /// <summary>Compares two ids as .NET compares strings by their characters: the same order whether they are strings or bytes.</summary>
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var same = a.CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
        {
            return a.Length - b.Length;
        }

        // Characters beyond U+FFFF are surrogates in a string, and those come before U+E000 to U+FFFF.
        var (x, y) = (a[same], b[same]);
        return (x >= 0xF0 && y is 0xEE or 0xEF) || (y >= 0xF0 && x is 0xEE or 0xEF) ? y - x : x - y;
    }

    private ref (ulong Hash, int Number) SlotOf(ulong hash, byte collection, ReadOnlySpan<byte> id)
    {
        for (var at = hash & (ulong)(slots.Length - 1); ; at = (at + 1) & (ulong)(slots.Length - 1))
        {
            ref var slot = ref slots[at];
            if (slot.Number == 0 || (slot.Hash == hash && collections[slot.Number - 1] == collection && this[slot.Number - 1].SequenceEqual(id)))
            {
                return ref slot;
            }
        }
    }

    private void Grow()
    {
        var old = slots;
        slots = new (ulong, int)[old.Length * 2];
        foreach (var slot in old)
        {
            if (slot.Number != 0)
            {
                var at = slot.Hash & (ulong)(slots.Length - 1);
                while (slots[at].Number != 0)
                {
                    at = (at + 1) & (ulong)(slots.Length - 1);
                }

                slots[at] = slot;
            }
        }
    }
}
