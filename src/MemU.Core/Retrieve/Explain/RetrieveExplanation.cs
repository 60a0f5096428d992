namespace MemU.Retrieve;

/// <summary>Why a retrieval found what it found. Hits stand in the order of the result.</summary>
public sealed record RetrieveExplanation
{
    /// <summary>What was understood of the question.</summary>
    public required QueryUnderstanding Understood { get; init; }

    /// <summary>Of the evidence.</summary>
    public required IReadOnlyList<HitExplanation> Evidence { get; init; }

    /// <summary>Of the items.</summary>
    public required IReadOnlyList<HitExplanation> Items { get; init; }

    /// <summary>Of the categories.</summary>
    public required IReadOnlyList<HitExplanation> Categories { get; init; }

    /// <summary>Of the resources.</summary>
    public required IReadOnlyList<HitExplanation> Resources { get; init; }
}
