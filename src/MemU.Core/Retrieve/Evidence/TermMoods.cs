using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>Tells in what kind of sentence each token of a text stands: one that states something, perhaps of the speaker himself, or one that asks.</summary>
internal static class TermMoods
{
    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create(".!?\n。！？؟");

    /// <summary>The mood of each token. A full stop inside a token ends nothing; after an abbreviation it does, which only makes two sentences of one.</summary>
    public static Mood[] Of(string text, IReadOnlyList<Token> tokens)
    {
        var moods = new Mood[tokens.Count];
        var (first, ofOneself, end) = (0, false, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            ofOneself |= PassageCues.IsOneSelf(tokens[i]);
            end = Math.Max(end, tokens[i].Start + tokens[i].Length);
            var next = i + 1 < tokens.Count ? tokens[i + 1].Start : text.Length;
            var between = next > end ? text.AsSpan(end, next - end) : [];
            if (i + 1 == tokens.Count || between.ContainsAny(Ends))
            {
                moods.AsSpan(first..(i + 1)).Fill(between.ContainsAny("?？؟") ? Mood.Asked : ofOneself ? Mood.Told | Mood.OfOneself : Mood.Told);
                (first, ofOneself) = (i + 1, false);
            }
        }

        return moods;
    }
}
