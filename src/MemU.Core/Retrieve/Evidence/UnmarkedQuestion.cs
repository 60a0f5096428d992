using System.Text.RegularExpressions;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// Knows questions without a question mark, as people put them in a chat: "how was ur trip", "did you see it". Rather one too few than one too many, since a sentence that states something
/// may be an answer; whether what a person puts to the memory asks is another matter (<see cref="AskManner"/>).
/// </summary>
internal static partial class UnmarkedQuestion
{
    private const int LongestBeginning = 100;

    /// <summary>Whether a sentence that ends with no question mark asks somebody: by its first words, or as Chinese and Japanese sentences end that ask.</summary>
    /// <param name="sentence">From its first word to its last.</param>
    /// <param name="isOther">Whether it stands in a text of another language than English, where the first words say nothing: "was it" begins German sentences too.</param>
    public static bool Is(ReadOnlySpan<char> sentence, bool isOther) =>
        Ending().IsMatch(sentence) || (!isOther && Beginning().IsMatch(sentence[..Math.Min(sentence.Length, LongestBeginning)]));

    // A name may end with か.
    [GeneratedRegex(@"(?:[吗嗎]|(?:です|ます|でした|ました|でしょう|ません|の)か)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ending();

    // A question has its subject behind the verb. "Did it", "Has it since", "Was at home" leave out who did; "What matters is", "What's more", "So did we", "Had we known" state something;
    // and so does what goes on with "I", "my" or "we" behind a comma.
    [GeneratedRegex(
        @"^(?>\W*)(?!.*[,:;]\s*(?:i|my|we)\b)(?:(?:hi|hello|hey|oh|so|and|but|ok(?:ay)?|well|btw|also|yeah|yes|no|haha+|lol|wow|cool|nice|great|then)\b\W*){0,3}(?:"
        + @"(?:what|who|how|where|when|why)\s+(?:is|are|was|were|do|does|did|have|has|can|could|will|would|should)(?:n['’]?t)?\s+(?:you|u|ya|he|she|they|we|i|it|your|ur|the|that|this|everything|everyone)\b"
        + @"|how['’]?s\s+(?!that\b)\w|what['’]?s\s+(?:up|new|going|wrong|the|your|ur|it|he|she|his|her|their|happening)\b(?!.*\b(?:is|was)\b)|where['’]?s\s+(?:the|your|ur|he|she|it|everyone)\b|how\s+(?:about|come)\b|what\s+about\b"
        + @"|how\s+(?:many|much|long|old|far|often)\b(?=.*\b(?:is|are|was|were|do|does|did|have|has|can|could|will|would|should)\s+(?:you|u|ya|he|she|they|we|it|the|your|ur|that|this|there)\b)"
        + @"|what\s+happened\b(?!.*\b(?:is|was|were|made|led)\b)|which\s+ones?\b|any\s+(?:plans?|news|ideas?|tips?|updates?|luck)(?:\s+(?:for|about|on|yet|with)\b|\W*$)"
        + @"|(?:what|which)\s+(?!(?:an?|the|i|you|u|we|they|he|she|it|has|had|made|makes|means)\b)(?:\w+\s+){1,4}(?:(?:do|does|did)\s+(?:you|u|ya|he|she|they|we|your|ur)|(?:is|are|was|were)\s+(?:you|u|he|she|they|your|ur))\b"
        + @"|(?:do|did|have|can|could|will|would|are|were)(?:n['’]?t)?\s+(?:you|u|ya)\b|(?:did|can|could|will|would|is|are|was|were|does|has)(?:n['’]?t)?\s+(?:your|ur)\b"
        + @"|(?<!\bso\W{1,3})(?:do|did|have|can|could|will|would|is|are|was|were|does|has)(?:n['’]?t)?\s+(?:he|she|they)\b|(?<!\bso\W{1,3})(?:should|can|could)\s+(?:we|i)\b"
        + @"|is\s+(?:it|that|this)\b|was\s+it\s+(?:an?|the|any|ok|good|bad|fun|nice|hard|worth|really|as|too|that)\b|(?:is|are|was|were)\s+there\s+(?:an?|any\w*|some\w*)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
