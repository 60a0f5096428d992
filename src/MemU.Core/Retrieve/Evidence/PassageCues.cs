using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>Sees at a glance what a passage is: a question, a number, a name, a time, thanks, nothing at all.</summary>
internal static partial class PassageCues
{
    private const int ShortestName = 3;

    private static readonly FrozenSet<string> TimeWords = FrozenSet.ToFrozenSet(Times(), StringComparer.Ordinal);

    private static readonly FrozenSet<string> OneSelf = (
        "i my me we our us im ive mine ich mein meine meinen mich mir wir unser unsere je mon ma mes moi nous notre yo mi mis nosotros nuestro eu meu minha io mio mia noi "
        + "я мой моя мы наш ik mijn wij jag min vi أنا نحن").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Others = (
        "you your yours yourself youre youve du dich dir dein deine deinen euch euer toi vous votre vos usted tuyo voce voces jij jouw ты тебя тебе твой вы вас أنت").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] OneSelfUnspaced = ["我", "私", "僕", "俺", "저", "나는", "내가", "우리"];
    private static readonly string[] OthersUnspaced = ["你", "您", "あなた", "당신"];

    /// <summary>The traits of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="isParticipant">Whether a folded word is the name of somebody who takes part.</param>
    public static PassageTraits Read(string text, IReadOnlyList<Token> tokens, Func<string, bool> isParticipant)
    {
        var traits = text.AsSpan().IndexOfAny("?？؟") >= 0 ? PassageTraits.AsksQuestion : PassageTraits.None;
        if (text.AsSpan().IsWhiteSpace())
        {
            return traits | PassageTraits.Blank;
        }

        traits |= Response().IsMatch(text) ? PassageTraits.Responds : PassageTraits.None;
        traits |= Deed().IsMatch(text) ? PassageTraits.TellsDeed : PassageTraits.None;
        foreach (var token in tokens)
        {
            traits |= IsTime(token) ? PassageTraits.NamesTime : PassageTraits.None;
            traits |= IrregularForms.IsNumber(token) ? PassageTraits.HasNumber : PassageTraits.None;
            traits |= IsOneSelf(token) ? PassageTraits.FirstPerson : PassageTraits.None;
            traits |= Names(token, Others, OthersUnspaced) ? PassageTraits.SecondPerson : PassageTraits.None;
            if (!traits.HasFlag(PassageTraits.NamesSomething) && IsName(text, token) && !isParticipant(token.Text))
            {
                traits |= PassageTraits.NamesSomething;
            }
        }

        return traits;
    }

    /// <summary>Whether a token is a word by which a speaker names himself.</summary>
    public static bool IsOneSelf(Token token) => Names(token, OneSelf, OneSelfUnspaced);

    private static bool Names(Token token, FrozenSet<string> words, string[] unspaced) => token.Kind switch
    {
        TokenKind.Word => words.Contains(token.Text),
        TokenKind.Unspaced => unspaced.Any(w => token.Text.Contains(w, StringComparison.Ordinal)),
        _ => false,
    };

    private static bool IsTime(Token token) => token.Kind switch
    {
        TokenKind.Word => TimeWords.Contains(token.Text),
        TokenKind.Number => token.Text.Length == 4
            && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100,
        _ => false,
    };

    /// <summary>A capital letter inside a sentence.</summary>
    private static bool IsName(string text, Token token)
    {
        if (token.Kind != TokenKind.Word || token.Length < ShortestName || !char.IsUpper(text[token.Start]) || !char.IsLower(text[token.Start + 1]))
        {
            return false;
        }

        var before = token.Start - 1;
        while (before >= 0 && (text[before] is ' ' or '"' or '“' or '\''))
        {
            before--;
        }

        return before >= 0 && before < token.Start - 1 && (char.IsLower(text[before]) || text[before] is ',' or ';');
    }

    private static IEnumerable<string> Times()
    {
        var calendar = CultureInfo.InvariantCulture.DateTimeFormat;
        return
        [
            .. calendar.DayNames.Select(d => d.ToLowerInvariant()),
            .. calendar.MonthNames.Where(m => m.Length > 3).Select(m => m.ToLowerInvariant()),
            "yesterday", "today", "tonight", "tomorrow", "ago", "last", "next", "recently", "soon", "since",
            "morning", "evening", "weekend", "week", "weeks", "month", "months", "year", "years", "day", "days",
            "spring", "summer", "autumn", "fall", "winter",
        ];
    }

    [GeneratedRegex(
        @"^\W*(?:(?:wow|thanks|thank you|that['’]s|that is|sounds|awesome|great|cool|nice|congrat\w*|absolutely|totally|definitely|sure|for sure|oh|aw+|glad|good"
        + @"|agreed|exactly|no problem|i['’]m (?:glad|happy|sorry) (?:to hear|for you)|sorry to hear|you['’]re"
        + @"|danke|genau|stimmt|toll|super|schön|merci|d['’]accord|génial|bravo|gracias|claro|genial|qué bien|grazie|obrigad[oa]"
        + @"|спасибо|конечно|отлично|شكرا)\b|谢谢|好的|太好了|ありがとう|そうですね|고마워|감사)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Response();

    [GeneratedRegex(
        @"\b(?:i|we)(?:['’](?:ve|m)| am| have)?\s+(?:(?:really|also|just|recently|always|been)\s+)*"
        + @"(?:love|enjoy|like|started|bought|got|plan|planning|went|made|took|loving|into|tried|trying|joined|finished|read|watched|won|signed)\b|\bmy (?:favou?rite|new|own)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Deed();
}
