namespace MemU.Retrieve;

/// <summary>How to retrieve. Immutable; the host holds the defaults, a call may bring its own.</summary>
public sealed record RetrieveOptions
{
    /// <summary>The largest <see cref="TopK"/>.</summary>
    public const int MaxTopK = 1000;

    /// <summary>The defaults: plan, judge, all tiers.</summary>
    public static RetrieveOptions Default { get; } = new();

    /// <summary>No chat call at all: the question as it is, every tier searched. An embedding model is still asked for the question's vector.</summary>
    public static RetrieveOptions Fast { get; } = new() { Plan = false, Judge = false };

    /// <summary>How hits are found.</summary>
    public RetrieveMethod Method { get; init; } = RetrieveMethod.Rag;

    /// <summary>Hits per tier, 1 to <see cref="MaxTopK"/>.</summary>
    public int TopK { get; init => field = Valid(value, nameof(TopK)); } = 5;

    /// <summary>Passages at most, 1 to <see cref="MaxTopK"/>; null for twice <see cref="TopK"/>.</summary>
    public int? EvidenceTopK { get; init => field = value is { } v ? Valid(v, nameof(EvidenceTopK)) : null; }

    /// <summary>Whether to ask first if retrieval is needed and what the question means in its context.</summary>
    public bool Plan { get; init; } = true;

    /// <summary>Whether to ask after a tier if what was found is enough.</summary>
    public bool Judge { get; init; } = true;

    /// <summary>The tiers to search, in order.</summary>
    public IReadOnlyList<MemoryTier> Tiers { get; init; } = [MemoryTier.Categories, MemoryTier.Items, MemoryTier.Resources];

    private static int Valid(int value, string name) =>
        value is >= 1 and <= MaxTopK
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is 1 to {MaxTopK}.");
}
