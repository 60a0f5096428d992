using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace MemU.Retrieve.Lexical;

/// <summary>
/// Terms or ids with their numbers, from 0. They lie one after the other as UTF-8 (a UUID as its bytes, what UTF-8 may not hold as UTF-16), and beside them their numbers in the order of those
/// bytes, which is searched by halves: an index of a space is mostly such strings, and as objects in a dictionary they took five times the room. Immutable,
/// thread-safe.
/// </summary>
internal sealed class StringTable
{
    private const int Stack = 512;

    // Begin the bytes of a UUID, and of UTF-16; no UTF-8 begins so.
    private const byte Uuid = 0xFF;
    private const byte Utf16 = 0xFE;
    private const int BytesOfUuid = 17;

    private readonly byte[] text;
    private readonly int[] ends;
    private readonly int[] order;

    private StringTable(byte[] text, int[] ends, int[]? order = null)
    {
        (this.text, this.ends) = (text, ends);
        this.order = order ?? Sorted();
    }

    /// <summary>How many strings there are.</summary>
    public int Count => ends.Length;

    /// <summary>What it occupies, without the headers of its arrays.</summary>
    public long Bytes => text.Length + (4L * ends.Length) + (4L * order.Length);

    /// <summary>All of them, in the order of their numbers.</summary>
    public IEnumerable<string> Strings => Enumerable.Range(0, Count).Select(number => this[number]);

    /// <summary>The string of a number.</summary>
    public string this[int number] => Of(number) switch
    {
        [Uuid, .. var uuid] => new Guid(uuid, bigEndian: true).ToString(),
        [Utf16, .. var chars] => new string(MemoryMarshal.Cast<byte, char>(chars)),
        var utf8 => Encoding.UTF8.GetString(utf8),
    };

    /// <summary>Strings that all differ, in the order of their numbers.</summary>
    public static StringTable From(IReadOnlyCollection<string> strings)
    {
        var (text, ends, number) = (new ArrayBufferWriter<byte>(), new int[strings.Count], 0);
        foreach (var one in strings)
        {
            text.Advance(Write(one, text.GetSpan(MostBytes(one))));
            ends[number++] = text.WrittenCount;
        }

        return new StringTable(text.WrittenSpan.ToArray(), ends);
    }

    /// <summary>The number of a string; −1 when it is not there.</summary>
    public int Find(string wanted)
    {
        var most = MostBytes(wanted);
        var bytes = most <= Stack ? stackalloc byte[Stack] : new byte[most];
        ReadOnlySpan<byte> key = bytes[..Write(wanted, bytes)];
        var place = PlaceOf(key);
        return place < order.Length && Of(order[place]).SequenceEqual(key) ? order[place] : -1;
    }

    /// <summary>These strings, and after them those of another table that are not among them.</summary>
    /// <param name="added">The other table.</param>
    /// <param name="numbers">The numbers of its strings in the new one.</param>
    public StringTable With(StringTable added, out int[] numbers)
    {
        numbers = new int[added.Count];
        var (more, moreBytes) = (0, 0);
        for (var number = 0; number < added.Count; number++)
        {
            var place = PlaceOf(added.Of(number));
            var known = place < order.Length && Of(order[place]).SequenceEqual(added.Of(number));
            numbers[number] = known ? order[place] : Count + more++;
            moreBytes += known ? 0 : added.Of(number).Length;
        }

        if (more == 0)
        {
            return this;
        }

        var (all, allEnds, at) = (new byte[text.Length + moreBytes], new int[Count + more], text.Length);
        text.CopyTo(all, 0);
        ends.CopyTo(allEnds, 0);
        for (var number = 0; number < added.Count; number++)
        {
            if (numbers[number] >= Count)
            {
                added.Of(number).CopyTo(all.AsSpan(at));
                at += added.Of(number).Length;
                allEnds[numbers[number]] = at;
            }
        }

        return new StringTable(all, allEnds, Merged(added, numbers, Count + more));
    }

    private static int MostBytes(string one) => Math.Max(BytesOfUuid, Encoding.UTF8.GetMaxByteCount(one.Length));

    private static int Write(string one, Span<byte> bytes)
    {
        if (one.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            // A surrogate without its other half would come back as another character.
            bytes[0] = Utf16;
            MemoryMarshal.AsBytes(one.AsSpan()).CopyTo(bytes[1..]);
            return 1 + (one.Length * sizeof(char));
        }

        if (!CanonicalUuid.TryParse(one, out var uuid))
        {
            return Encoding.UTF8.GetBytes(one, bytes);
        }

        bytes[0] = Uuid;
        uuid.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        return BytesOfUuid;
    }

    private ReadOnlySpan<byte> Of(int number) => text.AsSpan((number == 0 ? 0 : ends[number - 1])..ends[number]);

    /// <summary>Where in the order a string is, or would be.</summary>
    private int PlaceOf(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            (low, high) = Of(order[middle]).SequenceCompareTo(key) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int[] Sorted()
    {
        int[] numbers = [.. Enumerable.Range(0, Count)];
        var (rises, falls) = (true, true);
        for (var number = 1; number < Count && (rises || falls); number++)
        {
            var compared = Of(number - 1).SequenceCompareTo(Of(number));
            (rises, falls) = (rises && compared <= 0, falls && compared >= 0);
        }

        // Ids come in the order of time, or of time backwards.
        if (!rises && falls)
        {
            Array.Reverse(numbers);
        }
        else if (!rises)
        {
            Array.Sort(numbers, (a, b) => Of(a).SequenceCompareTo(Of(b)));
        }

        return numbers;
    }

    /// <summary>The order of these strings and those of another table that have new numbers.</summary>
    private int[] Merged(StringTable added, int[] numbers, int count)
    {
        var (merged, at, next) = (new int[count], 0, 0);
        foreach (var number in added.order)
        {
            if (numbers[number] < Count)
            {
                continue;
            }

            for (; next < order.Length && Of(order[next]).SequenceCompareTo(added.Of(number)) < 0; next++)
            {
                merged[at++] = order[next];
            }

            merged[at++] = numbers[number];
        }

        order.AsSpan(next).CopyTo(merged.AsSpan(at));
        return merged;
    }
}
