namespace MemU.Retrieve;

/// <summary>How to retrieve. Immutable; the host holds the defaults, a call may bring its own.</summary>
public sealed record RetrieveOptions
{
    /// <summary>The largest <see cref="TopK"/>.</summary>
    public const int MaxTopK = 1000;

    /// <summary>The smallest <see cref="MaxTokens"/>.</summary>
    public const int LeastTokens = 100;

    /// <summary>The largest <see cref="SubQueries"/>.</summary>
    public const int MaxSubQueries = 8;

    private const int TokensOfPassage = 40;

    /// <summary>The defaults: those of <see cref="Balanced"/>.</summary>
    public static RetrieveOptions Default { get; } = new();

    /// <summary>No chat call at all: the question as it is, every tier searched. An embedding model is still asked for the question's vector.</summary>
    public static RetrieveOptions Fast { get; } = new() { Plan = false, Judge = false };

    /// <summary>Plans what the question means in its context, and judges after each tier whether what was found is enough.</summary>
    public static RetrieveOptions Balanced { get; } = Default;

    /// <summary>
    /// Every tier searched, more hits, questions of several steps taken apart by the chat model, and a second opinion on the evidence by the host's
    /// reranker or the chat model: three chat calls at most.
    /// </summary>
    public static RetrieveOptions Thorough { get; } = new() { Judge = false, Rerank = true, SubQueries = 3, TopK = 10, EvidenceTopK = 30 };

    /// <summary>How hits are found.</summary>
    public RetrieveMethod Method { get; init; } = RetrieveMethod.Rag;

    /// <summary>Hits per tier, 1 to <see cref="MaxTopK"/>.</summary>
    public int TopK { get; init => field = Valid(value, nameof(TopK)); } = 5;

    /// <summary>Passages at most, 1 to <see cref="MaxTopK"/>; null for twice <see cref="TopK"/>, or for what fills <see cref="MaxTokens"/>.</summary>
    public int? EvidenceTopK { get; init => field = value is { } v ? Valid(v, nameof(EvidenceTopK)) : null; }

    /// <summary>Whether to ask first if retrieval is needed and what the question means in its context.</summary>
    public bool Plan { get; init; } = true;

    /// <summary>Whether to ask after a tier if what was found is enough.</summary>
    public bool Judge { get; init; } = true;

    /// <summary>
    /// Whether to ask for a second opinion on the order of the evidence: the host's <see cref="IPassageReranker"/>, else the chat model. Offline without a
    /// reranker it changes nothing.
    /// </summary>
    public bool Rerank { get; init; }

    /// <summary>
    /// How many smaller queries may be searched for evidence besides the question, 0 to <see cref="MaxSubQueries"/>: those into which the plan takes it
    /// apart and, where room is left, one that follows from the first hits. They are the chat model's; offline there are none.
    /// </summary>
    public int SubQueries
    {
        get;
        init => field = value is >= 0 and <= MaxSubQueries
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SubQueries), value, $"{nameof(SubQueries)} is 0 to {MaxSubQueries}.");
    }

    /// <summary>
    /// How much of its score an item or a passage loses that says in the very words what a better hit says, 0 (none) to 1 (all); less where fewer words are
    /// the same. The same words of the same speaker at the same time are told once in any case.
    /// </summary>
    public double Diversity
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Diversity), value, $"{nameof(Diversity)} is 0 to 1.");
    } = 0.2;

    /// <summary>When the question is asked, to understand "last week"; null for now.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Whether the result says why each hit has its score and what was understood of the question.</summary>
    public bool Explain { get; init; }

    /// <summary>
    /// The budget, in tokens, of a block of text ready for a prompt (<see cref="RetrieveResult.Context"/>): from <see cref="LeastTokens"/>; null for no block.
    /// Tokens are counted so that no common tokenizer counts more.
    /// </summary>
    public int? MaxTokens
    {
        get;
        init => field = value is null or >= LeastTokens
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTokens), value, $"{nameof(MaxTokens)} is {LeastTokens} or more.");
    }

    /// <summary>The tiers to search, in order.</summary>
    public IReadOnlyList<MemoryTier> Tiers { get; init; } = [MemoryTier.Categories, MemoryTier.Items, MemoryTier.Resources];

    /// <summary>Signals to leave out of the ranking, to measure what each is worth.</summary>
    internal IReadOnlyList<Evidence.Signal> Without { get; init; } = [];

    internal int UsualEvidence => MaxTokens is { } tokens
        ? Math.Clamp(tokens / TokensOfPassage, Math.Min(MaxTopK, 2 * TopK), MaxTopK)
        : Math.Min(MaxTopK, 2 * TopK);

    private static int Valid(int value, string name) =>
        value is >= 1 and <= MaxTopK
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is 1 to {MaxTopK}.");
}
