using System.Text.RegularExpressions;

namespace MemU.Retrieve.Evidence;

/// <summary>Tells sentences that ask from those that state something, and from a greeting or thanks.</summary>
internal static partial class AskManner
{
    private const string QuestionMarks = "?？؟;\u037E⁇⁈⁉‽";
    private const string StatementMarks = ".!。！।｡．۔॥።‼";
    private const string AskingEnds = "か吗嗎呢";
    private const int LongestCourtesy = 40;

    /// <summary>It ends with a question mark, or not as a statement does, or begins as what asks: "Tell me …", "List …". What stands behind the marks, a quote or an emoji, says nothing.</summary>
    public static bool Asks(ReadOnlySpan<char> sentence)
    {
        var (end, states) = (sentence.Length, false);
        for (; end > 0 && !char.IsLetterOrDigit(sentence[end - 1]); end--)
        {
            if (QuestionMarks.Contains(sentence[end - 1]))
            {
                return true;
            }

            states |= StatementMarks.Contains(sentence[end - 1]);
        }

        return !states || (end > 0 && AskingEnds.Contains(sentence[end - 1])) || BeginsAsking().IsMatch(sentence);
    }

    /// <summary>It only greets or thanks.</summary>
    public static bool IsCourtesy(ReadOnlySpan<char> sentence) => sentence.Length <= LongestCourtesy && Courtesy().IsMatch(sentence);

    [GeneratedRegex(
        @"^\W*(?:(?:hi|hello|hey|please|and|so|ok(?:ay)?)\b\W*){0,3}(?:tell|list|describe|summari[sz]e|show|give|find|remind|recall|explain|name|count|compare|outline|walk|help me"
        + @"|what(?!\s+an?\b)|who|whom|whose|where|which|why|how|when(?!\s+(?:i|you|we|he|she|it|they|my)\b)|i wonder|i(?:['’]d like| want| would like) to know"
        + @"|(?:do|have|can|could|would|will|should)\s+(?:i|you|we|they)|(?:does|did|is|are|was|were|has|had|am)\s+(?:i|you|we|he|she|it|they|there|my|our|the|any\w*|some\w*))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BeginsAsking();

    [GeneratedRegex(
        @"^\W*(?:(?:hi|hello|hey|thanks|thank you|please|good (?:morning|evening|day|afternoon)|hallo|danke|vielen dank|bonjour|salut|merci|hola|gracias|buenos días|olá|obrigad[oa]|ciao|grazie|привет|здравствуйте|спасибо)"
        + @"(?:\s+(?:again|there|all|everyone|you|so|very|much|a lot|in advance|im voraus|schön|beaucoup|mille))*|你好|您好|谢谢|謝謝|ありがとう(?:ございます)?|こんにちは|안녕하세요|감사합니다|شكرا|مرحبا)\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Courtesy();
}
