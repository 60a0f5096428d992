using MemU.Reasoning;

namespace MemU.Memorize;

/// <summary>What a source left in memory.</summary>
public sealed record MemorizeResult
{
    /// <summary>Whether it was new, changed or known already.</summary>
    public required MemorizeOutcome Outcome { get; init; }

    /// <summary>The source.</summary>
    public required Resource Resource { get; init; }

    /// <summary>The items that this call stored; empty when the content was known already.</summary>
    public required IReadOnlyList<MemoryItem> Items { get; init; }

    /// <summary>All configured categories, as they are after the call.</summary>
    public required IReadOnlyList<MemoryCategory> Categories { get; init; }

    /// <summary>The links that this call made.</summary>
    public required IReadOnlyList<CategoryItem> Relations { get; init; }

    /// <summary>How many passages were kept.</summary>
    public required int Passages { get; init; }

    /// <summary>What did the thinking: <c>offline</c>, or provider and model.</summary>
    public required string Engine { get; init; }

    /// <summary>What models were asked.</summary>
    public required ModelUsage Usage { get; init; }

    /// <summary>What was dropped or worked around, in plain words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True when the vector index could not be written: the vectors are recorded and delivered at the next use or by a reindex.</summary>
    public bool IndexPending { get; init; }
}
