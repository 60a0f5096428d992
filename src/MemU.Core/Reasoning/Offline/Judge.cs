using System.Text.RegularExpressions;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Decides strictly whether the search may stop: only after the items, and only when one text holds all the words of the question and
/// the kind of thing that it asks for. Searching on costs little here; stopping too soon costs the answer.
/// </summary>
internal static partial class Judge
{
    private const int LeastWords = 3;
    private const string WhenWords = @"\b(when|what (day|date|year|month|time)|which (day|date|year|month))\b";
    private const string HowManyWords = @"\b(how (many|much|old|long|often)|what number)\b";
    private const string WhoWords = @"\b(who|whom|whose|where|which (city|country|place|person))\b";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>The verdict; the question goes on unchanged.</summary>
    public static Verdict Decide(JudgeRequest request)
    {
        if (request.Tier != MemoryTier.Items)
        {
            return new Verdict(false, request.Query, "only items are read as an answer");
        }

        var words = TextAnalyzer.Terms(Asked().Replace(request.Query, " ")).Distinct().ToArray();
        if (words.Length < LeastWords)
        {
            return new Verdict(false, request.Query, "the question has too few words to be sure");
        }

        return request.Found.Any(text => Answers(text, request.Query, words))
            ? new Verdict(true, request.Query, "one text holds every word of the question and the kind of answer")
            : new Verdict(false, request.Query, "no text holds every word of the question and the kind of answer");
    }

    private static bool Answers(string text, string query, string[] words)
    {
        var terms = TextAnalyzer.Terms(text).ToHashSet();
        if (!words.All(terms.Contains))
        {
            return false;
        }

        var dates = DateResolver.Find(text, null);
        if (When().IsMatch(query))
        {
            return dates.Count > 0;
        }

        if (HowMany().IsMatch(query))
        {
            return Tokenizer.Read(text).Exists(t => IrregularForms.IsNumber(t) && !dates.Any(d => t.Start >= d.Start && t.Start < d.Start + d.Length) && !words.Contains(TextAnalyzer.Stem(t.Text)));
        }

        return !WhoOrWhere().IsMatch(query) || NamesSomethingNew(text, words, dates);
    }

    private static bool NamesSomethingNew(string text, string[] words, IReadOnlyList<DateMention> dates)
    {
        var label = text.IndexOf(": ", StringComparison.Ordinal);
        return Tokenizer.Read(text).Exists(t =>
            t.Kind == TokenKind.Word && t.Text.Length > 1 && t.Start > label + 2 && char.IsUpper(text[t.Start]) && !StopWords.Contains(t.Text)
            && !words.Contains(TextAnalyzer.Stem(t.Text)) && !dates.Any(d => t.Start >= d.Start && t.Start < d.Start + d.Length));
    }

    [GeneratedRegex(WhenWords, Options)]
    private static partial Regex When();

    [GeneratedRegex(HowManyWords, Options)]
    private static partial Regex HowMany();

    [GeneratedRegex(WhoWords, Options)]
    private static partial Regex WhoOrWhere();

    [GeneratedRegex(WhenWords + "|" + HowManyWords + "|" + WhoWords, Options)]
    private static partial Regex Asked();
}
