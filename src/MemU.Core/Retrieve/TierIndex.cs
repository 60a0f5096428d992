using MemU.Retrieve.Lexical;

namespace MemU.Retrieve;

/// <summary>The records of one tier as the search by words needs them, numbered from 0 in the order of the store (newest first). Immutable, thread-safe.</summary>
internal sealed class TierIndex
{
    internal TierIndex(StringTable ids, bool[] hasText, long[] hashes, LexicalIndex words)
    {
        Ids = ids;
        HasText = hasText;
        Hashes = hashes;
        Words = words;
    }

    public int Count => Ids.Count;

    /// <summary>Id by number, and number by id.</summary>
    public StringTable Ids { get; }

    /// <summary>Whether there is any text by which to find a record, by its number; without, it has no vector either.</summary>
    public bool[] HasText { get; }

    /// <summary>A hash of the text of each record, by its number.</summary>
    public long[] Hashes { get; }

    /// <summary>The words.</summary>
    public LexicalIndex Words { get; }

    /// <summary>Numbers in the order in which a question about nothing in particular is answered.</summary>
    public required IReadOnlyList<int> Overview { get; init; }

    /// <summary>The BM25 score of every record for the query of a run, by number; 0 where no word fits. Valid until the run is over.</summary>
    public Memory<float> Score(Retrieval run)
    {
        var scores = run.Arrays.Scores(Count).AsMemory(0, Count);
        Words.Score(run.Understood.TermsIn(Words), scores.Span);
        return scores;
    }

    public long ApproximateBytes => Words.ApproximateBytes + Ids.Bytes + (Count * 13L);
}
