using MemU.Reasoning;
using MemU.Retrieve.Evidence;

namespace MemU.Retrieve;

/// <summary>One run of the flow: the question, how far it has got, and what was found and decided. Not thread-safe.</summary>
internal sealed class Retrieval
{
    private readonly List<TraceStep> trace = [];
    private readonly List<string> warnings = [];
    private Question? understood;
    private float[]? passageScores;

    private Retrieval(MemoryScope scope, string question, IReadOnlyList<ContextMessage> context, RetrieveOptions options)
    {
        Scope = scope;
        Question = Resolved = Query = question;
        Context = context;
        Options = options;
    }

    public MemoryScope Scope { get; }

    public RetrieveOptions Options { get; }

    /// <summary>The messages before the question.</summary>
    public IReadOnlyList<ContextMessage> Context { get; }

    /// <summary>As it was asked.</summary>
    public string Question { get; }

    /// <summary>So that it stands alone.</summary>
    public string Resolved { get; set; }

    /// <summary>What is being searched now.</summary>
    public string Query
    {
        get;
        set
        {
            field = value;
            (understood, passageScores) = (null, null);
        }
    }

    /// <summary>What the last judge would go on with; null when it found enough or none was asked.</summary>
    public string? NextQuery { get; set; }

    public ReasoningLog Log { get; } = new();

    public IReadOnlyList<Scored<MemoryCategory>> Categories { get; set; } = [];

    public IReadOnlyList<Scored<MemoryItem>> Items { get; set; } = [];

    public IReadOnlyList<Scored<Resource>> Resources { get; set; } = [];

    public IReadOnlyList<Scored<Passage>> Evidence { get; set; } = [];

    public int EvidenceTopK => Options.EvidenceTopK ?? Math.Min(RetrieveOptions.MaxTopK, 2 * Options.TopK);

    /// <summary>The vector of the query last embedded, and that query.</summary>
    public (string Query, ReadOnlyMemory<float> Vector)? Embedded { get; set; }

    /// <summary>Checks the messages; the last is the question. Blank messages before it say nothing and are left out.</summary>
    /// <exception cref="ArgumentException">There is no message, or the last one has no text.</exception>
    public static Retrieval Start(MemoryScope scope, IReadOnlyList<ContextMessage> messages, RetrieveOptions options)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (messages is not { Count: > 0 } || messages[^1] is null)
        {
            throw new ArgumentException("There is no question. Give at least one message; the last one is the question.", nameof(messages));
        }

        if (string.IsNullOrWhiteSpace(messages[^1].Text))
        {
            throw new ArgumentException("The question is blank. Give the last message some text.", nameof(messages));
        }

        return new Retrieval(
            scope, messages[^1].Text, [.. messages.SkipLast(1).Where(m => !string.IsNullOrWhiteSpace(m?.Text))], options);
    }

    /// <summary>The query as the search by words understands it.</summary>
    public Question Understood => understood ??= new Question(Query);

    /// <summary>The score of every passage for the query, by number.</summary>
    public ReadOnlySpan<float> ScorePassages(SpaceTextIndex space) => passageScores ??= EvidenceRanker.Score(space.Passages, Understood);

    public void Trace(string step, string decision, string? detail = null) =>
        trace.Add(new TraceStep(step, decision, string.IsNullOrWhiteSpace(detail) ? null : detail));

    public void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }

    public RetrieveResult ToResult(string engine, bool needed) => new()
    {
        NeedsRetrieval = needed, OriginalQuery = Question, RewrittenQuery = Resolved, NextStepQuery = NextQuery,
        Categories = Categories, Items = Items, Resources = Resources, Evidence = Evidence,
        Trace = [.. trace], Engine = engine, Usage = Log.Usage, Warnings = [.. warnings, .. Log.Notes],
    };
}
