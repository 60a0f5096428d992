using MemU.Retrieve.Lexical;

namespace MemU.Tests.Retrieve;

internal static class LexicalIndexScores
{
    /// <summary>The score of every document for some terms.</summary>
    public static float[] ScoresOf(this LexicalIndex index, params string[] terms)
    {
        var scores = new float[index.Count];
        index.Score(terms, scores);
        return scores;
    }
}
