using MemU.Reasoning;
using MemU.Retrieve.Evidence;

namespace MemU.Retrieve;

/// <summary>One run of the flow: the question, how far it has got, and what was found and decided. Not thread-safe.</summary>
internal sealed class Retrieval : IDisposable
{
    private readonly List<TraceStep> trace = [];
    private readonly List<string> warnings = [];
    private readonly Dictionary<(string Tier, string Id), HitExplanation> explanations = [];
    private Question? understood;
    private EvidenceSignals? signals;
    private float[]? passageScores;

    private Retrieval(
        MemoryScope scope, string question, IReadOnlyList<ContextMessage> context, RetrieveOptions options, DateTimeOffset askedAt, ScoreArrays arrays)
    {
        Arrays = arrays;
        Scope = scope;
        Question = Resolved = Query = question;
        Context = context;
        Options = options;
        AskedAt = options.AskedAt ?? askedAt;
    }

    public MemoryScope Scope { get; }

    public RetrieveOptions Options { get; }

    /// <summary>When the question is asked.</summary>
    public DateTimeOffset AskedAt { get; }

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
            (understood, signals, passageScores) = (null, null, null);
        }
    }

    /// <summary>What the last judge would go on with; null when it found enough or none was asked.</summary>
    public string? NextQuery { get; set; }

    public ReasoningLog Log { get; private init; } = new();

    /// <summary>Room for scores, until the run is over.</summary>
    public ScoreArrays Arrays { get; }

    /// <summary>Smaller questions that are searched too.</summary>
    public IReadOnlyList<string> SubQueries { get; set; } = [];

    public IReadOnlyList<Scored<MemoryCategory>> Categories { get; set; } = [];

    public IReadOnlyList<Scored<MemoryItem>> Items { get; set; } = [];

    public IReadOnlyList<Scored<Resource>> Resources { get; set; } = [];

    public IReadOnlyList<Scored<Passage>> Evidence { get; set; } = [];

    /// <summary>The block for a prompt; null when none is wanted.</summary>
    public PackedContext? Packed { get; set; }

    public int EvidenceTopK => Options.EvidenceTopK ?? Options.UsualEvidence;

    /// <summary>The query last embedded.</summary>
    public EmbeddedQuery? Embedded { get; set; }

    /// <summary>Checks the messages; the last is the question. Blank messages before it say nothing and are left out.</summary>
    /// <exception cref="ArgumentException">There is no message, or the last one has no text.</exception>
    public static Retrieval Start(MemoryScope scope, IReadOnlyList<ContextMessage> messages, RetrieveOptions options, DateTimeOffset now)
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
            scope, messages[^1].Text, [.. messages.SkipLast(1).Where(m => !string.IsNullOrWhiteSpace(m?.Text))], options, now, new ScoreArrays());
    }

    /// <summary>A run for a smaller question: asked at the same time, with the same options, on the same bill, and done when this one is.</summary>
    public Retrieval For(string query) => new(Scope, query, Context, Options, AskedAt, Arrays) { Log = Log };

    /// <summary>The query as the search by words understands it.</summary>
    public Question Understood => understood ??= new Question(Query, AskedAt);

    /// <summary>The score of every passage for the query, by number.</summary>
    public ReadOnlySpan<float> ScorePassages(SpaceTextIndex space)
    {
        if (passageScores is null)
        {
            passageScores = Arrays.Scores(space.Passages.Count);
            EvidenceRanker.Score(SignalsOf(space), passageScores.AsSpan(0, space.Passages.Count));
        }

        return passageScores.AsSpan(0, space.Passages.Count);
    }

    /// <summary>The words of every passage alone, as a share of the best, by number.</summary>
    public ReadOnlySpan<float> WordsOfPassages(SpaceTextIndex space) => SignalsOf(space).Words;

    /// <summary>The terms of the query that are searched: as the space knows them, without names of speakers.</summary>
    public IReadOnlyList<string> TermsOf(SpaceTextIndex space) => SignalsOf(space).Terms;

    /// <summary>What gave the score of a passage, by number; what gave nothing is left out.</summary>
    public IEnumerable<ScorePart> PartsOfPassage(SpaceTextIndex space, int passage) => SignalsOf(space).Parts(passage);

    /// <summary>Keeps why a hit has its score, and gives it exactly that score.</summary>
    public Scored<T> Explain<T>(string tier, Scored<T> hit, string id, IReadOnlyList<ScorePart> parts)
    {
        explanations[(tier, id)] = new HitExplanation(id, parts);
        return hit with { Score = parts.Sum(p => p.Score) };
    }

    /// <summary>Adds to the explanation of a hit what it loses because it repeats a better one, and gives it exactly the score that is left.</summary>
    public Scored<T> ExplainRepeats<T>(string tier, Scored<T> hit, string id, double repeats)
    {
        var parts = explanations[(tier, id)].Parts;
        var most = Options.Diversity * parts.Sum(p => p.Score);
        return Explain(tier, hit, id, repeats > 0 && most > 0 ? [.. parts, new ScorePart("repeats", repeats, -most)] : parts);
    }

    /// <summary>Takes what is understood of the query into the explanation.</summary>
    public void ExplainQuery(SpaceTextIndex space) => Understanding = SignalsOf(space).Understanding(Query) with { SubQueries = SubQueries };

    /// <summary>The run is over: what it scored is forgotten, its result stays.</summary>
    public void Dispose() => Arrays.Dispose();

    public void Trace(string step, string decision, string? detail = null) =>
        trace.Add(new TraceStep(step, decision, string.IsNullOrWhiteSpace(detail) ? null : detail));

    public void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }

    private QueryUnderstanding? Understanding { get; set; }

    public RetrieveResult ToResult(string engine, bool needed) => new()
    {
        NeedsRetrieval = needed, OriginalQuery = Question, RewrittenQuery = Resolved, NextStepQuery = NextQuery,
        Categories = Categories, Items = Items, Resources = Resources, Evidence = Evidence,
        Trace = [.. trace], Engine = engine, Usage = Log.Usage, Warnings = [.. warnings, .. Log.Notes],
        Context = Packed?.Text, ContextTokens = Packed?.Tokens,
        Explanation = Understanding is null ? null : new RetrieveExplanation
        {
            Understood = Understanding,
            Evidence = Explained("evidence", Evidence.Select(e => e.Value.Id)), Items = Explained("items", Items.Select(i => i.Value.Id)),
            Categories = Explained("categories", Categories.Select(c => c.Value.Id)), Resources = Explained("resources", Resources.Select(r => r.Value.Id)),
        },
    };

    private IReadOnlyList<HitExplanation> Explained(string tier, IEnumerable<string> ids) =>
        [.. ids.Select(id => explanations.GetValueOrDefault((tier, id)) ?? new HitExplanation(id, []))];

    private EvidenceSignals SignalsOf(SpaceTextIndex space) => signals ??= new EvidenceSignals(space.Passages, Understood, Arrays, Options.Without);
}
