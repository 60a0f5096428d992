using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>Tells in what kind of sentence each token of a text stands: one that states something, perhaps of the speaker himself, or one that asks.</summary>
internal static class TermMoods
{
    private const string Closers = "?!.,;)]}>\"'*_~’”»";

    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create(".!?\n。！？؟");

    /// <summary>
    /// The mood of each token. A full stop inside a token ends nothing; after an abbreviation it does, which only makes two sentences of one. Nor does what stands inside
    /// a URL or code.
    /// </summary>
    public static Mood[] Of(string text, IReadOnlyList<Token> tokens)
    {
        var moods = new Mood[tokens.Count];
        var (first, ofOneself, end) = (0, false, 0);
        var code = CodeSpans.Of(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            ofOneself |= PassageCues.IsOneSelf(tokens[i]);
            end = Math.Max(end, tokens[i].Start + tokens[i].Length);
            var next = i + 1 < tokens.Count ? tokens[i + 1].Start : text.Length;
            var (ends, asks) = EndBetween(text, end, next, code);
            if (i + 1 == tokens.Count || ends)
            {
                moods.AsSpan(first..(i + 1)).Fill(asks ? Mood.Asked : ofOneself ? Mood.Told | Mood.OfOneself : Mood.Told);
                (first, ofOneself) = (i + 1, false);
            }
        }

        return moods;
    }

    private static (bool Ends, bool Asks) EndBetween(string text, int from, int to, List<Range> code)
    {
        var (ends, asks) = (false, false);
        for (var at = from; at < to; at++)
        {
            if (Ends.Contains(text[at]) && !IsInside(text, at, code))
            {
                ends = true;
                asks |= text[at] is '?' or '？' or '؟';
            }
        }

        return (ends, asks);
    }

    // In a URL, or between names of a program, a mark goes right on: z?a=b, a?.b, a!=b. Other scripts put no space behind their sentences.
    private static bool IsInside(string text, int at, List<Range> code)
    {
        if (text[at] is not ('?' or '!'))
        {
            return false;
        }

        var next = at + 1;
        while (next < text.Length && Closers.Contains(text[next], StringComparison.Ordinal))
        {
            next++;
        }

        return (next < text.Length && char.IsAscii(text[next]) && !char.IsWhiteSpace(text[next]))
            || code.Exists(c => c.Start.Value <= at && at < c.End.Value);
    }
}
