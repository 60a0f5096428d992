using System.Text.RegularExpressions;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// Words that only shape a question: "kind" in "what kind of art", "times" in "how many times". As words to search they would lead to kind people and hard times.
/// </summary>
internal static partial class QuestionFrame
{
    /// <summary>The words of a question without those; all of them when nothing else is left.</summary>
    public static IReadOnlyList<Token> Without(string question, IReadOnlyList<Token> words)
    {
        var framed = Frames().Matches(question).Select(m => m.Groups["frame"]).SelectMany(f => Enumerable.Range(f.Index, f.Length)).ToHashSet();
        if (framed.Count == 0)
        {
            return words;
        }

        Token[] others = [.. words.Where(w => !framed.Contains(w.Start))];
        return others.All(w => StopWords.Contains(w.Text)) ? words : others;
    }

    [GeneratedRegex(
        @"\b(?<frame>kind|type|sort)s? of\b|\bhow (?<frame>many times)\b|\bin (?:what|which) (?<frame>ways?)\b"
        + @"|\bwelche[rsnm]? (?<frame>art|sorte)(?:en|n)? von\b|\bquels? (?<frame>genre|type|sorte)s? d[e'’]|\bquelles? (?<frame>sorte)s? d[e'’]"
        + @"|\bqu[eé] (?<frame>tipo|clase)s? de\b|\b(?:che|quali?) (?<frame>tipo|genere|tipi|generi) di\b|\bcu[aá]ntas (?<frame>veces)\b|\bcombien de (?<frame>fois)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Frames();
}
