using System.Collections.Frozen;
using System.Text.RegularExpressions;
using MemU.Retrieve.Lexical;
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

    // The verb that says least beside be, have and do, which are stop words: "go camping". Alone it is all there is: "Where did she go?"
    private static readonly string LightVerb = TextAnalyzer.Stem("go");

    private const int SentencesOfTalk = 3;

    // A name leads to its other forms (Dave, David; Paris, Parisian), not to whoever has a name of the same kind.
    private const float LeastNearnessOfNames = 0.45f;

    private readonly Dictionary<string, string> otherForms = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly bool isEnglish;

    /// <param name="text">The question.</param>
    /// <param name="askedAt">When it is asked, to understand "last week"; null when that does not matter.</param>
    public Question(string text, DateTimeOffset? askedAt = null)
    {
        var tokens = Tokenizer.Read(text);
        var isOther = TextLanguage.IsOther(tokens);
        var terms = TermsOf(QuestionFrame.Without(text, tokens), isOther, out isEnglish);
        string[] telling = [.. terms.Where(t => !FunctionPairs.Contains(t)).Distinct()];
        Terms = terms.All(Asking.Contains) ? [] : telling.Length > 0 ? telling : [.. terms.Distinct()];
        foreach (var token in tokens.Where(t => t.Kind == TokenKind.Word))
        {
            var (term, other) = (TextAnalyzer.Stem(token.Text, isOther), TextAnalyzer.Stem(token.Text, !isOther));
            otherForms.TryAdd(term, other);
            if (IsName(text, token))
            {
                names.UnionWith([term, other]);
            }
        }

        Dates = AskedDates.In(text);
        Periods = askedAt is { } now ? AskedDates.RelativeIn(text, DateOnly.FromDateTime(now.DateTime)) : [];
        AsksWhen = When().IsMatch(text);
        AsksAssistant = SaidByYou().IsMatch(text);
        AsksNumber = HowMany().IsMatch(text);
        AsksName = Who().IsMatch(text);
        (GoesOn, IsPlain) = Manner(text);
        AsksLatest = Latest().IsMatch(text);
        AsksSeveral = Several().IsMatch(text);
    }

    /// <summary>Its terms, each once; empty when it has no word that tells what it is about.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The dates that it names.</summary>
    public IReadOnlyList<AskedDate> Dates { get; }

    /// <summary>The days that it names relative to when it is asked.</summary>
    public IReadOnlyList<AskedPeriod> Periods { get; }

    /// <summary>It asks for a time.</summary>
    public bool AsksWhen { get; }

    /// <summary>It asks what the assistant said.</summary>
    public bool AsksAssistant { get; }

    /// <summary>It asks how many, how much, how old …</summary>
    public bool AsksNumber { get; }

    /// <summary>It asks who, where, which: for something that has a name.</summary>
    public bool AsksName { get; }

    /// <summary>It is more than a question: a message of several sentences, in a talk that goes on.</summary>
    public bool GoesOn { get; }

    /// <summary>It only asks: no message that goes on with a talk or tells something, and no statement to find where it was said.</summary>
    public bool IsPlain { get; }

    /// <summary>It asks for what holds now, or was said last.</summary>
    public bool AsksLatest { get; }

    /// <summary>It asks for several things: which places, how many, what somebody does.</summary>
    public bool AsksSeveral { get; }

    /// <summary>
    /// The terms as an index knows them: a few words hardly show their language, so a term that does not occur is taken as it would be read in
    /// the other one, if that occurs.
    /// </summary>
    public IReadOnlyList<string> TermsIn(LexicalIndex index) => In(index, Terms);

    /// <summary>The same for some of them, without a verb that says little beside the others.</summary>
    public IReadOnlyList<string> In(LexicalIndex index, IReadOnlyList<string> terms)
    {
        var telling = terms.Any(t => !IsLight(t)) ? terms.Where(t => !IsLight(t)) : terms;
        return [.. telling.Select(t => !index.Has(t) && OtherForm(t) is var other && index.Has(other) ? other : t).Distinct()];
    }

    /// <summary>A term as it would be were the question English, or were it not.</summary>
    public string OtherForm(string term) => otherForms.GetValueOrDefault(term, term);

    /// <summary>The words of like meaning that a term leads to, nearest first; none in another language, whose words may be written like English ones: the German "Rat" is no rodent.</summary>
    public IEnumerable<(string Term, float Nearness)> RelatedTo(string term) =>
        !isEnglish ? [] : RelatedWords.Of(term).TakeWhile(r => r.Nearness >= LeastNearnessOfNames || !names.Contains(term));

    /// <summary>Not the game or the language, which are written with a capital.</summary>
    private bool IsLight(string term) => term == LightVerb && isEnglish && !names.Contains(term);

    /// <summary>A capital letter says so, unless a sentence begins with it.</summary>
    private static bool IsName(string text, Token token) =>
        char.IsUpper(text[token.Start]) && text.AsSpan(0, token.Start).TrimEnd() is [.., not ('.' or '?' or '!' or ':' or '"' or '“')];

    /// <summary>Whether it goes on with a talk, and whether it only asks. A greeting or thanks beside a question does not count.</summary>
    private static (bool GoesOn, bool IsPlain) Manner(string text)
    {
        var sentences = SentenceSplitter.Split(text);
        var telling = sentences.FindAll(s => !AskManner.IsCourtesy(text.AsSpan(s.Start, s.Length)));
        var asks = telling.Count is > 0 and < SentencesOfTalk && telling.TrueForAll(s => AskManner.Asks(text.AsSpan(s.Start, s.Length)));
        return (!asks && sentences.Count >= SentencesOfTalk, asks);
    }

    /// <summary>Without the words that carry no content in the language of the question.</summary>
    private static List<string> TermsOf(IReadOnlyList<Token> tokens, bool isOther, out bool isEnglish)
    {
        var (english, other) = (0, 0);
        foreach (var token in tokens)
        {
            english += token.Kind == TokenKind.Word && StopWords.Contains(token.Text) ? 1 : 0;
            other += token.Kind == TokenKind.Word && FunctionWords.Contains(token.Text) ? 1 : 0;
        }

        isEnglish = english >= other;
        var (terms, emptied) = (new List<string>(), new List<string>());
        foreach (var token in tokens)
        {
            var isEmpty = !isEnglish && token.Kind == TokenKind.Word && FunctionWords.Contains(token.Text);
            TextAnalyzer.AddTerms(token, keepStopWords: false, isEmpty ? emptied : terms, isOther);
        }

        return terms.Count > 0 ? terms : emptied;
    }

    [GeneratedRegex(
        @"\bwhen\b|\bhow long ago\b|\b(?:what|which)\s+(?:date|day|month|year|time|week|season)\b"
        + @"|\bwann\b|\bquand\b|\bcu[aá]ndo\b|\bquando\b|когда|什么时候|何时|哪天|いつ|언제|متى",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex When();

    [GeneratedRegex(
        @"\bassistant\b|\b(?:did|have|had)\s+you\b"
        + @"|(?<!\b(?:should|would|could|can|will|must|may|if)\s+)\byou\s+(?:\w+\s+)?(?:said|say|told|tell|ga?ve|given|suggest\w*|recommend\w*|mention\w*|propos\w*|advis\w*|list\w*|explain\w*"
        + @"|provid\w*|wrote|written|describ\w*|offer\w*|draft\w*|dr[ae]wn?|calculat\w*|comput\w*|estimat\w*|outlin\w*|laid)\b"
        + @"|\byour\s+(?:\w+\s+)?(?:suggestion|recommendation|advice|answer|reply|proposal|explanation|list|plan|strategy|analysis|review|draft|summary|outline|estimate|calculation|idea|tip)s?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaidByYou();

    [GeneratedRegex(
        @"\bhow (?:many|much|often|old|long|far|tall|big)\b|\bwie (?:viele?|oft|alt|lange|weit|gro[sß])|\bcombien\b|\bcu[aá]nt[oa]s?\b|\bquant[oaie]\b|\bquanti\b"
        + @"|сколько|多少|几[个次岁年天月]|幾|いくつ|いくら|何[人回歳年日個]|얼마|몇|\bكم\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HowMany();

    [GeneratedRegex(
        @"\b(?:who|whom|whose|where|which|names?|called|titled?)\b|\b(?:wer|wem|wen|wo|wohin|welche[rsnm]?|hei(?:ß|ss)t)\b|\b(?:qui|où|quel(?:le)?s?)\b"
        + @"|\b(?:qui[eé]n(?:es)?|d[oó]nde|cu[aá]l(?:es)?)\b|\b(?:quem|onde|qual|chi|dove|quale)\b|кто|где|谁|誰|哪|どこ|どの|누구|어디|\b(?:أين|من)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Who();

    [GeneratedRegex(
        @"\b(?:recent(?:ly)?|lately|latest|current(?:ly)?|now(?:adays)?|newest|these days|last time)\b|\b(?:zuletzt|derzeit|aktuell|jetzt|neueste[nrs]?)\b"
        + @"|\b(?:récemment|actuellement|dernièrement|maintenant)\b|\b(?:recientemente|actualmente|últimamente|ahora)\b|сейчас|недавно|最近|现在|目前|今は|요즘|지금|\bالآن\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Latest();

    // So far on at most, that what was written to keep it looking is read in a time that grows with its length only.
    [GeneratedRegex(
        @"\b(?:what|which)\b(?:\s+\w+){0,2}?\s+(?!(?:does|this|always)\b)\w{3,}s\b|\bhow many\b|\bwhat (?:do|does|did)\b.{0,200}?\b(?:do|done|like)\b"
        + @"|\b(?:what|where|who|which)\b.{0,40}?\b(?:has|have)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Several();
}
