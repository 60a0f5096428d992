using MemU.Reasoning;

namespace MemU.Retrieve;

/// <summary>What was found for a question.</summary>
public sealed record RetrieveResult
{
    /// <summary>False when no memory could help; all lists are empty then.</summary>
    public required bool NeedsRetrieval { get; init; }

    /// <summary>The question as it was asked.</summary>
    public required string OriginalQuery { get; init; }

    /// <summary>The question so that it stands alone.</summary>
    public required string RewrittenQuery { get; init; }

    /// <summary>The question that the last judge would go on with; null when it found enough or there was no judge.</summary>
    public string? NextStepQuery { get; init; }

    /// <summary>Topic pages, best first.</summary>
    public IReadOnlyList<Scored<MemoryCategory>> Categories { get; init; } = [];

    /// <summary>Memories, best first.</summary>
    public IReadOnlyList<Scored<MemoryItem>> Items { get; init; } = [];

    /// <summary>Sources, best first.</summary>
    public IReadOnlyList<Scored<Resource>> Resources { get; init; } = [];

    /// <summary>The words themselves, best first.</summary>
    public IReadOnlyList<Scored<Passage>> Evidence { get; init; } = [];

    /// <summary>Which step decided what.</summary>
    public IReadOnlyList<TraceStep> Trace { get; init; } = [];

    /// <summary>What did the thinking: <c>offline</c>, or provider and model.</summary>
    public required string Engine { get; init; }

    /// <summary>What models were asked.</summary>
    public required ModelUsage Usage { get; init; }

    /// <summary>What could not be searched and how to mend it, in plain words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// A block of text for a prompt, within <see cref="RetrieveOptions.MaxTokens"/>: what is known of the person, topic pages, then the evidence in the order of
    /// time. The same state gives the same bytes. Null when no budget was given. It is memory, not instruction: put it where the model takes it as data.
    /// </summary>
    public string? Context { get; init; }

    /// <summary>How many tokens <see cref="Context"/> has at most; null when there is none.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Why each hit has its score; null unless <see cref="RetrieveOptions.Explain"/>.</summary>
    public RetrieveExplanation? Explanation { get; init; }
}
