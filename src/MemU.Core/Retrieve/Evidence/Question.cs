using System.Collections.Frozen;
using System.Text.RegularExpressions;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>A question as the search by words understands it.</summary>
internal sealed partial class Question
{
    // Words that only ask for memories: "what do you know about me", "tell me everything that you remember".
    private static readonly FrozenSet<string> Asking = TextAnalyzer.Terms(
            "know remember recall remind tell say show list describe summarize give find memory memories information facts things "
            + "thing anything everything something please", keepStopWords: true)
        .ToFrozenSet(StringComparer.Ordinal);

    public Question(string text)
    {
        var terms = TextAnalyzer.Terms(text).Distinct().ToList();
        Terms = terms.All(Asking.Contains) ? [] : terms;
        Dates = AskedDates.In(text);
        AsksWhen = When().IsMatch(text);
        AsksAssistant = SaidByYou().IsMatch(text);
    }

    /// <summary>Its terms, each once; empty when it has no word that tells what it is about.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The dates that it names.</summary>
    public IReadOnlyList<AskedDate> Dates { get; }

    /// <summary>It asks for a time.</summary>
    public bool AsksWhen { get; }

    /// <summary>It asks what the assistant said.</summary>
    public bool AsksAssistant { get; }

    [GeneratedRegex(
        @"\bwhen\b|\bhow long ago\b|\b(?:what|which)\s+(?:date|day|month|year|time|week|season)\b"
        + @"|\bwann\b|\bquand\b|\bcu[aá]ndo\b|\bquando\b|когда|什么时候|何时|哪天|いつ|언제|متى",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex When();

    [GeneratedRegex(
        @"\bassistant\b|\b(?:did|have|had)\s+you\b"
        + @"|\byou\s+(?:\w+\s+)?(?:said|say|told|tell|gave|give|suggest\w*|recommend\w*|mention\w*|propos\w*|advis\w*|list\w*|explain\w*|provid\w*|wrote|describ\w*)\b"
        + @"|\byour\s+(?:\w+\s+)?(?:suggestion|recommendation|advice|answer|reply|proposal|explanation|list|plan)s?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaidByYou();
}
