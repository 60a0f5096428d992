using System.Text;

namespace MemU.Retrieve.Lexical;

/// <summary>
/// The terms of an index with their numbers, from 0. They lie one after the other as UTF-8, found by hashing: a space's index is mostly terms, and as
/// strings in a dictionary they took five times the room. Immutable, thread-safe.
/// </summary>
internal sealed class TermTable
{
    private const int Stack = 512;

    private readonly byte[] text;
    private readonly int[] ends;

    // The number of a term and 1; 0 where there is none. At most two thirds are taken.
    private readonly int[] slots;

    private TermTable(byte[] text, int[] ends)
    {
        (this.text, this.ends) = (text, ends);
        var size = 4;
        while (size * 2L < ends.Length * 3L)
        {
            size *= 2;
        }

        slots = new int[size];
        for (var number = 0; number < ends.Length; number++)
        {
            slots[SlotOf(this[number])] = number + 1;
        }
    }

    /// <summary>How many terms there are.</summary>
    public int Count => ends.Length;

    /// <summary>What it occupies, without the headers of its arrays.</summary>
    public long Bytes => text.Length + (4L * ends.Length) + (4L * slots.Length);

    private ReadOnlySpan<byte> this[int number] => text.AsSpan((number == 0 ? 0 : ends[number - 1])..ends[number]);

    /// <summary>Terms that all differ, in the order of their numbers.</summary>
    public static TermTable Of(IReadOnlyCollection<string> terms)
    {
        var (text, ends, at, number) = (new byte[terms.Sum(Encoding.UTF8.GetByteCount)], new int[terms.Count], 0, 0);
        foreach (var term in terms)
        {
            at += Encoding.UTF8.GetBytes(term, text.AsSpan(at));
            ends[number++] = at;
        }

        return new TermTable(text, ends);
    }

    /// <summary>The number of a term; −1 when it is not there.</summary>
    public int Find(string term)
    {
        var most = Encoding.UTF8.GetMaxByteCount(term.Length);
        var bytes = most <= Stack ? stackalloc byte[Stack] : new byte[most];
        return slots[SlotOf(bytes[..Encoding.UTF8.GetBytes(term, bytes)])] - 1;
    }

    /// <summary>These terms, and after them those of another table that are not among them.</summary>
    /// <param name="added">The other table.</param>
    /// <param name="numbers">The numbers of its terms in the new one.</param>
    public TermTable With(TermTable added, out int[] numbers)
    {
        numbers = new int[added.Count];
        var (more, moreBytes) = (new List<int>(), 0);
        for (var number = 0; number < added.Count; number++)
        {
            var known = slots[SlotOf(added[number])] - 1;
            numbers[number] = known >= 0 ? known : Count + more.Count;
            if (known < 0)
            {
                more.Add(number);
                moreBytes += added[number].Length;
            }
        }

        if (more.Count == 0)
        {
            return this;
        }

        var (all, allEnds, at) = (new byte[text.Length + moreBytes], new int[Count + more.Count], text.Length);
        text.CopyTo(all, 0);
        ends.CopyTo(allEnds, 0);
        foreach (var (i, number) in more.Index())
        {
            added[number].CopyTo(all.AsSpan(at));
            at += added[number].Length;
            allEnds[Count + i] = at;
        }

        return new TermTable(all, allEnds);
    }

    /// <summary>Where a term is, or would be put.</summary>
    private int SlotOf(ReadOnlySpan<byte> term)
    {
        var hash = default(HashCode);
        hash.AddBytes(term);
        var slot = hash.ToHashCode() & (slots.Length - 1);
        while (slots[slot] > 0 && !this[slots[slot] - 1].SequenceEqual(term))
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }
}
