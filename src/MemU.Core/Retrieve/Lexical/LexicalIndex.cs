namespace MemU.Retrieve.Lexical;

/// <summary>
/// An inverted index over short texts of one space, scored by BM25 (Robertson and Zaragoza, 2009). Documents are numbered from 0 in the
/// order in which they were added. Its statistics are those of its own documents only. Immutable, thread-safe.
/// </summary>
internal sealed class LexicalIndex
{
    private readonly StringTable terms;
    private readonly byte[] postings;
    private readonly int[] starts;
    private readonly ushort[] lengths;

    /// <param name="terms">Every term.</param>
    /// <param name="postings">Their postings, in the order of their numbers.</param>
    /// <param name="lengths">The number of terms in each document.</param>
    internal LexicalIndex(StringTable terms, PostingsWriter postings, ushort[] lengths)
    {
        this.terms = terms;
        (this.postings, starts) = postings.Finish();
        this.lengths = lengths;
        AverageLength = lengths.Length == 0 ? 0 : Math.Max(1, lengths.Average(l => (double)l));
    }

    /// <summary>Number of documents.</summary>
    public int Count => lengths.Length;

    /// <summary>Terms in a document, on average; at least 1 unless there is none.</summary>
    public double AverageLength { get; }

    /// <summary>Terms in each document.</summary>
    public ReadOnlySpan<ushort> Lengths => lengths;

    /// <summary>What it occupies, without the headers of its arrays.</summary>
    public long ApproximateBytes => postings.Length + (4L * starts.Length) + (2L * lengths.Length) + terms.Bytes;

    /// <summary>Whether a term occurs; of documents that were dropped the term alone is left.</summary>
    public bool Has(string term) => Find(term).Count > 0;

    /// <summary>Where a term occurs; empty when it does not.</summary>
    public Postings Find(string term) => terms.Find(term) is >= 0 and var id ? PostingsOf(id) : default;

    /// <summary>
    /// This index with some documents dropped, the others renumbered, and those of another index put between or after them. Costs a copy of the postings;
    /// no text is read again.
    /// </summary>
    /// <param name="numbers">The new number of each document, ascending; −1 for one that is dropped. Null when all stay as they are.</param>
    /// <param name="added">The documents to add.</param>
    /// <param name="addedNumbers">Their numbers, ascending; null when they come after all others.</param>
    public LexicalIndex With(int[]? numbers, LexicalIndex added, int[]? addedNumbers)
    {
        var merged = terms.With(added.terms, out var numbersOfAdded);
        var addedOf = new int[merged.Count];
        Array.Fill(addedOf, -1);
        foreach (var (id, number) in numbersOfAdded.Index())
        {
            addedOf[number] = id;
        }

        var written = new PostingsWriter();
        for (var term = 0; term < merged.Count; term++)
        {
            var old = term < terms.Count ? PostingsOf(term) : default;
            var next = addedOf[term] >= 0 ? added.PostingsOf(addedOf[term]) : default;
            written.Begin(CountKept(old, numbers) + next.Count);
            var (oldNumber, nextNumber) = (NextKept(ref old, numbers), NextAdded(ref next, addedNumbers));
            while (oldNumber < int.MaxValue || nextNumber < int.MaxValue)
            {
                if (oldNumber < nextNumber)
                {
                    written.Add(oldNumber, old.Frequency, old.Mood);
                    oldNumber = NextKept(ref old, numbers);
                }
                else
                {
                    written.Add(nextNumber, next.Frequency, next.Mood);
                    nextNumber = NextAdded(ref next, addedNumbers);
                }
            }

            written.End();
        }

        return new LexicalIndex(merged, written, Lay(lengths, numbers, added.lengths, addedNumbers));
    }

    private Postings PostingsOf(int id) => new(postings.AsSpan(starts[id]..starts[id + 1]));

    private static int CountKept(Postings old, int[]? numbers)
    {
        if (numbers is null)
        {
            return old.Count;
        }

        var count = 0;
        while (NextKept(ref old, numbers) < int.MaxValue)
        {
            count++;
        }

        return count;
    }

    /// <summary>The new number of the next document that is not dropped; the greatest integer after the last.</summary>
    private static int NextKept(ref Postings old, int[]? numbers)
    {
        while (old.Next())
        {
            if ((numbers?[old.Document] ?? old.Document) is >= 0 and var number)
            {
                return number;
            }
        }

        return int.MaxValue;
    }

    /// <summary>The number of the next document that is added; the greatest integer after the last.</summary>
    private int NextAdded(ref Postings next, int[]? numbers) =>
        !next.Next() ? int.MaxValue : numbers?[next.Document] ?? next.Document + lengths.Length;

    private static ushort[] Lay(ushort[] old, int[]? numbers, ushort[] added, int[]? addedNumbers)
    {
        if (numbers is null && addedNumbers is null)
        {
            return [.. old, .. added];
        }

        var all = new ushort[(numbers?.Count(n => n >= 0) ?? old.Length) + added.Length];
        for (var i = 0; i < old.Length; i++)
        {
            if ((numbers?[i] ?? i) is >= 0 and var number)
            {
                all[number] = old[i];
            }
        }

        for (var i = 0; i < added.Length; i++)
        {
            all[addedNumbers?[i] ?? old.Length + i] = added[i];
        }

        return all;
    }

    /// <summary>Adds the BM25 score of every document for a question to scores that are 0; nothing where no term occurs.</summary>
    public void Score(IReadOnlyCollection<string> question, Span<float> scores)
    {
        foreach (var term in question)
        {
            var found = Find(term);
            var idf = Bm25.Idf(Count, found.Count);
            while (found.Next())
            {
                scores[found.Document] += (float)(idf * Bm25.Weight(found.Frequency, lengths[found.Document], AverageLength));
            }
        }
    }
}
