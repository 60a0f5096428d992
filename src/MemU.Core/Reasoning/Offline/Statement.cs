using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>A sentence of a passage and what can be seen of it.</summary>
internal sealed class Statement(Passage passage, int passageIndex, TextSpan span, bool isEnglish)
{
    private static readonly char[] QuestionMarks = ['?', '？', '؟', '⁇', '⁈'];

    /// <summary>Where it stands.</summary>
    public Passage Passage { get; } = passage;

    /// <summary>The index of the passage in the request.</summary>
    public int PassageIndex { get; } = passageIndex;

    /// <summary>Its stretch of the passage.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>True when the rules for English apply.</summary>
    public bool IsEnglish { get; } = isEnglish;

    /// <summary>Its words, as they stand.</summary>
    public string Text { get; } = span.Of(passage.Text);

    /// <summary>Its tokens.</summary>
    public IReadOnlyList<Token> Tokens => field ??= Tokenizer.Read(Text);

    /// <summary>Its terms without stop words.</summary>
    public IReadOnlyList<string> Terms => field ??= [.. Tokens.SelectMany(t =>
    {
        List<string> terms = [];
        TextAnalyzer.AddTerms(t, keepStopWords: false, terms);
        return terms;
    })];

    /// <summary>The dates it names.</summary>
    public IReadOnlyList<DateMention> Dates => field ??= DateResolver.Find(Text, Passage.HappenedAt);

    /// <summary>True when it asks.</summary>
    public bool IsQuestion => Text.AsSpan().TrimEnd().TrimEnd("!\"')”’*_ ") is { Length: > 0 } end && QuestionMarks.Contains(end[^1]);

    /// <summary>True for "Here is the list:".</summary>
    public bool LeadsIn => Text[^1] is ':' or '：' || Text.EndsWith(":**", StringComparison.Ordinal);

    /// <summary>True when it goes on with what stands before it: a line that is indented and has no bullet of the first level.</summary>
    public bool IsIndented
    {
        get
        {
            var line = Passage.Text.LastIndexOf('\n', Math.Max(Span.Start - 1, 0));
            var lead = Passage.Text.AsSpan(line + 1, Math.Max(0, Span.Start - line - 1));
            return line >= 0 && lead.Length >= 2 && char.IsWhiteSpace(lead[0]) && lead.TrimStart(" \t-*•+").IsEmpty;
        }
    }

    /// <summary>True when it is a point of a list, or stands below one or right below the line before.</summary>
    public bool IsListLine
    {
        get
        {
            var line = Passage.Text.LastIndexOf('\n', Math.Max(Span.Start - 1, 0));
            var lead = Passage.Text.AsSpan(line + 1, Math.Max(0, Span.Start - line - 1));
            return line >= 0 && (!lead.Trim().IsEmpty || line == 0 || Passage.Text.AsSpan(0, line).TrimEnd(" \t\r") is not [.., '\n']);
        }
    }

    /// <summary>True when it is the first or only one of its line.</summary>
    public bool StartsLine
    {
        get
        {
            var line = Passage.Text.LastIndexOf('\n', Math.Max(Span.Start - 1, 0));
            return line >= 0 && Passage.Text.AsSpan(line + 1, Math.Max(0, Span.Start - line - 1)).TrimStart(" \t-*•+0123456789.)").IsEmpty;
        }
    }

    /// <summary>The statements of passages, by passage.</summary>
    public static List<IReadOnlyList<Statement>> Read(IReadOnlyList<Passage> passages)
    {
        var english = Language.IsEnglish(passages);
        return [.. passages.Select((p, n) => (IReadOnlyList<Statement>)[.. SentenceSplitter.Split(p.Text).Select(s => new Statement(p, n, s, english))])];
    }
}
