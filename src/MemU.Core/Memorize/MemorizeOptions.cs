using MemU.Reasoning;

namespace MemU.Memorize;

/// <summary>How to memorize. Immutable; the host holds the defaults, a call may bring its own.</summary>
public sealed record MemorizeOptions
{
    /// <summary>The defaults.</summary>
    public static MemorizeOptions Default { get; } = new();

    /// <summary>The categories that every space has.</summary>
    public IReadOnlyList<CategoryDefinition> Categories { get; init; } = DefaultCategories.All;

    /// <summary>The types of memory to extract. A custom name works; say what it means in <see cref="MemoryTypePrompts"/>.</summary>
    public IReadOnlyList<string> MemoryTypes { get; init; } = MemU.MemoryTypes.Default;

    /// <summary>What a type means, by type, in the caller's own words. Only a model reads it.</summary>
    public IReadOnlyDictionary<string, string> MemoryTypePrompts { get; init; } = new Dictionary<string, string>();

    /// <summary>What to look for in a source, by modality, in the caller's own words. Only a model reads it.</summary>
    public IReadOnlyDictionary<string, string> SummaryPrompts { get; init; } = new Dictionary<string, string>();

    /// <summary>What to look for in any source that has no prompt of its own. Only a model reads it.</summary>
    public string? DefaultSummaryPrompt { get; init; }

    /// <summary>The wanted length of a category's summary, in words.</summary>
    public int CategorySummaryTargetLength { get; init; } = 400;

    /// <summary>
    /// The cosine (0 to 1) from which on an item whose extractor named no category is put on the nearest categories' pages.
    /// </summary>
    public double CategoryAssignThreshold { get; init; } = 0.25;

    /// <summary>How many segments are extracted at once, from 1.</summary>
    public int MaxParallelism { get; init; } = 4;

    /// <summary>The largest source, in bytes.</summary>
    public long MaxSourceBytes { get; init; } = 256L << 20;
}
