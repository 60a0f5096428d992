using System.Buffers.Binary;
using System.Text;

namespace MemU.Text;

/// <summary>
/// Terms, and for each of them a few others of like meaning, nearest first. In bytes, all numbers little-endian: how many terms there are; where each ends in the text; where
/// the others of each end in their list (all of 32 bits); the list, an entry of three bytes: the number of the other term (16 bits) and how near it is, in 255ths;
/// and the terms themselves as UTF-8, one after the other, in the order of their bytes. Immutable, thread-safe.
/// </summary>
internal sealed class RelatedTable
{
    private const int EntrySize = 3;

    private readonly byte[] data;
    private readonly int text;

    /// <param name="data">As <see cref="Write"/> makes it.</param>
    /// <exception cref="InvalidDataException">It is cut off, or something else.</exception>
    public RelatedTable(byte[] data)
    {
        this.data = data;
        Count = data.Length < sizeof(int) ? -1 : Number(0);
        var isTable = Count is >= 0 and <= ushort.MaxValue + 1 && Entries <= data.Length;
        text = isTable ? Entries + (EntrySize * RowEnd(Count - 1)) : 0;
        if (!isTable || data.Length - text != (Count == 0 ? 0 : Number(Count)))
        {
            throw new InvalidDataException($"The table of related words is damaged: its {data.Length} bytes are not those that it tells of. Make it anew (docs/decisions/0025-related-words.md) or build its assembly anew.");
        }
    }

    /// <summary>How many terms have a row.</summary>
    public int Count { get; }

    private int Entries => sizeof(int) * (1 + (2 * Count));

    /// <summary>The terms of like meaning, nearest first, each with how near it is, above 0 to 1; empty for a term that is not there.</summary>
    public IReadOnlyList<(string Term, float Nearness)> Of(string term)
    {
        var number = Find(term);
        if (number < 0)
        {
            return [];
        }

        var first = number == 0 ? 0 : RowEnd(number - 1);
        var row = new (string, float)[RowEnd(number) - first];
        for (var i = 0; i < row.Length; i++)
        {
            var entry = data.AsSpan(Entries + (EntrySize * (first + i)), EntrySize);
            row[i] = (TermAt(BinaryPrimitives.ReadUInt16LittleEndian(entry)), entry[2] / 255f);
        }

        return row;
    }

    /// <summary>All terms, in the order of their bytes.</summary>
    public IEnumerable<string> Terms => Enumerable.Range(0, Count).Select(TermAt);

    /// <summary>The bytes of a table.</summary>
    /// <param name="rows">The others of each term, nearest first, with how near each is: 0 to 1. Each of them must be a term with a row, of which there are 65,536 at most.</param>
    public static byte[] Write(IReadOnlyDictionary<string, IReadOnlyList<(string Term, double Nearness)>> rows)
    {
        var terms = rows.Keys.Select(Encoding.UTF8.GetBytes).ToArray();
        Array.Sort(terms, (a, b) => a.AsSpan().SequenceCompareTo(b));
        var numbers = terms.Index().ToDictionary(t => Encoding.UTF8.GetString(t.Item), t => checked((ushort)t.Index), StringComparer.Ordinal);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(terms.Length);
        var (end, entries) = (0, 0);
        foreach (var term in terms)
        {
            writer.Write(end += term.Length);
        }

        IReadOnlyList<(string Term, double Nearness)>[] ordered = [.. terms.Select(t => rows[Encoding.UTF8.GetString(t)])];
        foreach (var row in ordered)
        {
            writer.Write(entries += row.Count);
        }

        foreach (var (term, nearness) in ordered.SelectMany(r => r))
        {
            writer.Write(numbers[term]);
            writer.Write((byte)Math.Clamp(Math.Round(nearness * 255), 1, 255));
        }

        foreach (var term in terms)
        {
            writer.Write(term);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private ReadOnlySpan<byte> BytesAt(int number)
    {
        var first = number == 0 ? 0 : Number(number);
        return data.AsSpan((text + first)..(text + Number(number + 1)));
    }

    private string TermAt(int number) => Encoding.UTF8.GetString(BytesAt(number));

    private int RowEnd(int number) => Number(1 + Count + number);

    private int Number(int place) => BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(sizeof(int) * place));

    private int Find(string term)
    {
        var key = Encoding.UTF8.GetBytes(term);
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = BytesAt(middle).SequenceCompareTo(key) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low < Count && BytesAt(low).SequenceEqual(key) ? low : -1;
    }
}
