using System.Collections.Frozen;
using System.Globalization;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>Sees at a glance what a passage is: a question, a number, a name, a time, nothing at all.</summary>
internal static class PassageCues
{
    private const int ShortestName = 3;

    private static readonly FrozenSet<string> TimeWords = FrozenSet.ToFrozenSet(Times(), StringComparer.Ordinal);

    private static readonly FrozenSet<string> OneSelf = (
        "i my me we our us im ive mine ich mein meine meinen mich mir wir unser unsere je mon ma mes moi nous notre yo mi mis nosotros nuestro eu meu minha io mio mia noi "
        + "я мой моя мы наш ik mijn wij jag min vi أنا نحن").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] OneSelfUnspaced = ["我", "私", "僕", "俺", "저", "나는", "내가", "우리"];

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

        foreach (var token in tokens)
        {
            traits |= IsTime(token) ? PassageTraits.NamesTime : PassageTraits.None;
            traits |= IrregularForms.IsNumber(token) ? PassageTraits.HasNumber : PassageTraits.None;
            traits |= IsOneSelf(token) ? PassageTraits.FirstPerson : PassageTraits.None;
            if (!traits.HasFlag(PassageTraits.NamesSomething) && IsName(text, token) && !isParticipant(token.Text))
            {
                traits |= PassageTraits.NamesSomething;
            }
        }

        return traits;
    }

    private static bool IsTime(Token token) => token.Kind switch
    {
        TokenKind.Word => TimeWords.Contains(token.Text),
        TokenKind.Number => token.Text.Length == 4
            && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100,
        _ => false,
    };

    private static bool IsOneSelf(Token token) => token.Kind switch
    {
        TokenKind.Word => OneSelf.Contains(token.Text),
        TokenKind.Unspaced => OneSelfUnspaced.Any(w => token.Text.Contains(w, StringComparison.Ordinal)),
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
}
