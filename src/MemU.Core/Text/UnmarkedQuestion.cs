using System.Text.RegularExpressions;

namespace MemU.Text;

/// <summary>
/// Knows questions without a question mark, as people put them in a chat: "how was ur trip", "did you see it". Rather one too few than one too many, since a sentence that states something
/// may be an answer.
/// </summary>
internal static partial class UnmarkedQuestion
{
    private const string AskingEnds = "か吗嗎";
    private const int LongestBeginning = 100;

    /// <summary>Whether a sentence that ends with no question mark asks somebody. English by its first words, Chinese and Japanese by the last character.</summary>
    public static bool Is(ReadOnlySpan<char> sentence) =>
        (sentence.Length > 0 && AskingEnds.Contains(sentence[^1])) || Beginning().IsMatch(sentence[..Math.Min(sentence.Length, LongestBeginning)]);

    // "Did it", "Had the best day", "Was at home" leave out who did, and state something.
    [GeneratedRegex(
        @"^\W*(?:(?:hi|hello|hey|oh|so|and|but|ok(?:ay)?|well|btw|also|yeah|yes|no|haha+|lol|wow|cool|nice|great|then)\b\W*){0,3}(?:"
        + @"(?:what|who|how|where|when|why)\s+(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should)(?:n['’]?t)?\b"
        + @"|(?:what|how|where|who)(?:['’]?s|['’]re)\b|how\s+(?:many|much|long|old|far|often|about|come)\b|what\s+(?:about|else|happened)\b|which\s+(?:one|of)\b"
        + @"|(?:what|which)\s+(?!(?:an?|the|i|you|u|we|they|he|she|it|is|are|was|were|has|had|made|makes|means)\b)(?:\w+\s+){1,4}(?:is|are|was|were|do|does|did)\s+(?:you|u|ya|he|she|it|that|they|we|your|ur|the)\b"
        + @"|any\s+(?:plans?|news|ideas?|advice|tips?|updates?|luck|recommendations?|suggestions?)\b"
        + @"|(?:do|did|have|had|can|could|will|would|should)(?:n['’]?t)?\s+(?:you|u|ya|he|she|they|we|your|ur)\b"
        + @"|(?:is|are|was|were|does|has)(?:n['’]?t)?\s+(?:you|u|it|that|this|he|she|they|there|your|ur|everything|any\w*)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
