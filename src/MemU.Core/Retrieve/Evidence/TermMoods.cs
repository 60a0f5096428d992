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
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="isOther">Whether it is in another language than English (<see cref="TextLanguage.IsOther"/>).</param>
    public static Mood[] Of(string text, IReadOnlyList<Token> tokens, bool isOther)
    {
        var moods = new Mood[tokens.Count];
        var marks = EndsOf(text);
        var (first, ofOneself, end, mark) = (0, false, 0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            ofOneself |= PassageCues.IsOneSelf(tokens[i]);
            end = Math.Max(end, tokens[i].Start + tokens[i].Length);
            var next = i + 1 < tokens.Count ? tokens[i + 1].Start : text.Length;
            while (mark < marks.Count && marks[mark] < end)
            {
                mark++;
            }

            var (ends, asks) = (i + 1 == tokens.Count, false);
            for (; mark < marks.Count && marks[mark] < next; mark++)
            {
                ends = true;
                asks |= text[marks[mark]] is '?' or '？' or '؟';
            }

            if (ends)
            {
                asks = asks || UnmarkedQuestion.Is(text.AsSpan(tokens[first].Start, end - tokens[first].Start), isOther);
                moods.AsSpan(first..(i + 1)).Fill(asks ? Mood.Asked : ofOneself ? Mood.Told | Mood.OfOneself : Mood.Told);
                (first, ofOneself) = (i + 1, false);
            }
        }

        return moods;
    }

    // In a URL, or between names of a program, a mark goes right on: z?a=b, a?.b, a!=b. Other scripts put no space behind their sentences. From the end, so that what
    // stands behind a mark is known: many marks in a row are looked at once each.
    private static List<int> EndsOf(string text)
    {
        List<int> ends = [];
        var code = CodeSpans.Of(text);
        var (span, goesOn) = (code.Count - 1, false);
        for (var at = text.Length - 1; at >= 0; at--)
        {
            while (span >= 0 && at < code[span].Start.Value)
            {
                span--;
            }

            var isInside = text[at] is '?' or '!' && (goesOn || (span >= 0 && at < code[span].End.Value));
            if (Ends.Contains(text[at]) && !isInside)
            {
                ends.Add(at);
            }

            goesOn = Closers.Contains(text[at], StringComparison.Ordinal) ? goesOn : char.IsAscii(text[at]) && !char.IsWhiteSpace(text[at]);
        }

        ends.Reverse();
        return ends;
    }
}
