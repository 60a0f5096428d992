using MemU.Text;

namespace MemU.Retrieve;

/// <summary>
/// A passage that is longer than its room: finds the stretch of it that holds most of the question. A stretch is whole sentences, word for word and one after the
/// other; of a sentence that alone is too long, whole words. The same passage and question give the same stretch.
/// </summary>
internal sealed class LongPassage
{
    private const string LeftOut = "…";

    // The two marks and their blanks, as they are counted.
    private const int TokensOfMarks = 8;

    // What answers stands in a sentence or a few; a further one must bring some of the question to be worth its place.
    private const int MostSentences = 3;
    private const double Further = 0.9;

    private const int LeastOfPart = 12;
    private const int MostOfPart = 64;

    private readonly string text;
    private readonly AskedTerms asked;
    private readonly IReadOnlyList<TextSpan> sentences;
    private readonly IReadOnlyList<AskedTerm[]> found;

    public LongPassage(string text, AskedTerms asked)
    {
        (this.text, this.asked) = (text, asked);
        sentences = SentenceSplitter.Split(text);
        found = FoundIn(sentences);
    }

    /// <summary>The stretch that holds most of the question, and what is around it as far as there is room; null when not even a few words fit.</summary>
    /// <param name="tokens">How many tokens it may have.</param>
    public string? Within(int tokens)
    {
        if (sentences.Count == 0)
        {
            return null;
        }

        var room = tokens - TokensOfMarks;
        var (first, last) = Best(found, MostSentences);
        if (TokensOf(sentences[first].Start, sentences[last].End) > room)
        {
            (first, last) = Best(found, 1);
        }

        if (TokensOf(sentences[first].Start, sentences[last].End) <= room)
        {
            return Marked(Grow(sentences, found, first, last, room));
        }

        var parts = PartsOf(sentences[first]);
        var foundInParts = FoundIn(parts);
        (first, last) = Best(foundInParts, MostSentences);
        if (TokensOf(parts[first].Start, parts[last].End) > room)
        {
            (first, last) = Best(foundInParts, 1);
        }

        return TokensOf(parts[first].Start, parts[last].End) > room ? null : Marked(Grow(parts, foundInParts, first, last, room));
    }

    private IReadOnlyList<AskedTerm[]> FoundIn(IReadOnlyList<TextSpan> units) => [.. units.Select(u => asked.In(u.Of(text)))];

    /// <summary>The first of the units, or of so many in a row, that have most of what is asked for; the first of all when none has anything.</summary>
    private (int First, int Last) Best(IReadOnlyList<AskedTerm[]> units, int most)
    {
        var (best, first, last) = (0.0, 0, 0);
        var worths = new double[asked.Count];
        for (var start = 0; start < units.Count; start++)
        {
            var (sum, share) = (0.0, 1.0);
            var end = start;
            for (; end < units.Count && end < start + most && units[start].Length > 0; end++, share *= Further)
            {
                foreach (var (number, worth) in units[end])
                {
                    sum += Math.Max(0, worth - worths[number]);
                    worths[number] = Math.Max(worths[number], worth);
                }

                if (sum * share > best)
                {
                    (best, first, last) = (sum * share, start, end);
                }
            }

            for (var at = start; at < end; at++)
            {
                foreach (var (number, _) in units[at])
                {
                    worths[number] = 0;
                }
            }
        }

        return (first, last);
    }

    /// <summary>Takes in the units after and before by turns, those with words of the question first, until none fits.</summary>
    private (int Start, int End) Grow(IReadOnlyList<TextSpan> units, IReadOnlyList<AskedTerm[]> found, int first, int last, int room)
    {
        var left = room - TokensOf(units[first].Start, units[last].End);
        var (before, after) = (0, 0);
        while (true)
        {
            // The blank between two units may count too.
            var tokensAfter = last + 1 < units.Count ? 1 + TokensOf(units[last].End, units[last + 1].End) : int.MaxValue;
            var tokensBefore = first > 0 ? 1 + TokensOf(units[first - 1].Start, units[first].Start) : int.MaxValue;
            if (Math.Min(tokensAfter, tokensBefore) > left)
            {
                return (units[first].Start, units[last].End);
            }

            var isAfter = tokensBefore > left || (tokensAfter <= left && Prefers(Worth(last + 1), Worth(first - 1), after <= before));
            left -= isAfter ? tokensAfter : tokensBefore;
            (first, last) = isAfter ? (first, last + 1) : (first - 1, last);
            (before, after) = isAfter ? (before, after + 1) : (before + 1, after);
        }

        double Worth(int unit) => found[unit].Sum(f => f.Worth);

        static bool Prefers(double one, double other, bool otherwise) => one > other || (one == other && otherwise);
    }

    private string Marked((int Start, int End) stretch)
    {
        // Sentences hold every word, so that before the first and after the last there is none.
        var begins = stretch.Start <= sentences[0].Start;
        var ends = stretch.End >= sentences[^1].End;
        var words = text[(begins ? 0 : stretch.Start)..(ends ? text.Length : stretch.End)];
        return $"{(begins ? "" : $"{LeftOut} ")}{words}{(ends ? "" : $" {LeftOut}")}";
    }

    private int TokensOf(int start, int end) => TokenCount.Of(SingleLine.Of(text.AsSpan(start, end - start)));

    /// <summary>A few words each; where words are not parted by blanks, a few characters.</summary>
    private List<TextSpan> PartsOf(TextSpan sentence)
    {
        var parts = new List<TextSpan>();
        for (var start = sentence.Start; start < sentence.End;)
        {
            var end = Math.Min(sentence.End, start + LeastOfPart);
            while (end < sentence.End && end < start + MostOfPart && IsWithinWord(end))
            {
                end++;
            }

            end -= end < sentence.End && char.IsLowSurrogate(text[end]) ? 1 : 0;
            parts.Add(new TextSpan(start, end - start));
            start = end;
        }

        return parts;
    }

    private bool IsWithinWord(int at) =>
        !char.IsWhiteSpace(text[at]) && !char.IsWhiteSpace(text[at - 1])
        && !(Tokenizer.RuneAt(text, at, out _) is var rune && Scripts.IsUnspaced(rune));
}
