namespace MemU.Retrieve.Lexical;

/// <summary>
/// An inverted index over short texts of one space, scored by BM25 (Robertson and Zaragoza, 2009). Documents are numbered from 0 in the
/// order in which they were added. Its statistics are those of its own documents only. Immutable, thread-safe.
/// </summary>
internal sealed class LexicalIndex
{
    private readonly TermTable terms;
    private readonly int[] starts;
    private readonly int[] documents;
    private readonly ushort[] frequencies;
    private readonly ushort[] lengths;

    internal LexicalIndex(TermTable terms, int[] starts, int[] documents, ushort[] frequencies, ushort[] lengths)
    {
        this.terms = terms;
        this.starts = starts;
        this.documents = documents;
        this.frequencies = frequencies;
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
    public long ApproximateBytes => (6L * documents.Length) + (4L * starts.Length) + (2L * lengths.Length) + terms.Bytes;

    /// <summary>Whether a term occurs; of documents that were dropped the term alone is left.</summary>
    public bool Has(string term) => Find(term).Documents.Length > 0;

    /// <summary>Where a term occurs; empty when it does not.</summary>
    public Postings Find(string term)
    {
        if (terms.Find(term) is not (>= 0 and var id))
        {
            return default;
        }

        var (start, length) = (starts[id], starts[id + 1] - starts[id]);
        return new Postings(documents.AsSpan(start, length), frequencies.AsSpan(start, length));
    }

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

        var (allDocuments, allFrequencies) = (new int[documents.Length + added.documents.Length], new ushort[documents.Length + added.documents.Length]);
        var newStarts = new int[merged.Count + 1];
        var at = 0;
        for (var term = 0; term < merged.Count; term++)
        {
            var (old, oldEnd) = term < starts.Length - 1 ? (starts[term], starts[term + 1]) : (0, 0);
            var (next, nextEnd) = addedOf[term] >= 0 ? (added.starts[addedOf[term]], added.starts[addedOf[term] + 1]) : (0, 0);
            while (old < oldEnd || next < nextEnd)
            {
                var oldNumber = old < oldEnd ? numbers?[documents[old]] ?? documents[old] : int.MaxValue;
                if (oldNumber < 0)
                {
                    old++;
                    continue;
                }

                var nextNumber = next < nextEnd ? addedNumbers?[added.documents[next]] ?? added.documents[next] + lengths.Length : int.MaxValue;
                (allDocuments[at], allFrequencies[at]) = oldNumber < nextNumber ? (oldNumber, frequencies[old++]) : (nextNumber, added.frequencies[next++]);
                at++;
            }

            newStarts[term + 1] = at;
        }

        return new LexicalIndex(
            merged, newStarts, at == allDocuments.Length ? allDocuments : allDocuments[..at], at == allFrequencies.Length ? allFrequencies : allFrequencies[..at],
            Lay(lengths, numbers, added.lengths, addedNumbers));
    }

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
            var idf = Bm25.Idf(Count, found.Documents.Length);
            for (var i = 0; i < found.Documents.Length; i++)
            {
                var document = found.Documents[i];
                scores[document] += (float)(idf * Bm25.Weight(found.Frequencies[i], lengths[document], AverageLength));
            }
        }
    }
}
