namespace MemU.Retrieve.Lexical;

/// <summary>
/// An inverted index over short texts of one space, scored by BM25 (Robertson and Zaragoza, 2009). Documents are numbered from 0 in the
/// order in which they were added. Its statistics are those of its own documents only. Immutable, thread-safe.
/// </summary>
internal sealed class LexicalIndex
{
    private readonly Dictionary<string, int> terms;
    private readonly int[] starts;
    private readonly int[] documents;
    private readonly ushort[] frequencies;
    private readonly ushort[] lengths;

    internal LexicalIndex(Dictionary<string, int> terms, int[] starts, int[] documents, ushort[] frequencies, ushort[] lengths)
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

    /// <summary>What it occupies, roughly: arrays exactly, a string and its entry at 80 bytes and two for each character.</summary>
    public long ApproximateBytes =>
        (6L * documents.Length) + (4L * starts.Length) + (2L * lengths.Length) + terms.Keys.Sum(t => 80L + (2 * t.Length));

    /// <summary>Where a term occurs; empty when it does not.</summary>
    public Postings Find(string term)
    {
        if (!terms.TryGetValue(term, out var id))
        {
            return default;
        }

        var (start, length) = (starts[id], starts[id + 1] - starts[id]);
        return new Postings(documents.AsSpan(start, length), frequencies.AsSpan(start, length));
    }

    /// <summary>The BM25 score of every document for a question, 0 where no term occurs.</summary>
    public float[] Score(IReadOnlyCollection<string> question)
    {
        var scores = new float[Count];
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

        return scores;
    }
}
