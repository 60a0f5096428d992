namespace MemU.Settings;

/// <summary>How to memorize, as written in a settings file.</summary>
public sealed class MemorizeSettings
{
    /// <summary>What to look for in any source that has no prompt of its own.</summary>
    public string? DefaultSummaryPrompt { get; set; }

    /// <summary>What to look for, by modality.</summary>
    public Dictionary<string, string> SummaryPrompts { get; set; } = [];

    /// <summary>What a type means, by type.</summary>
    public Dictionary<string, string> MemoryTypePrompts { get; set; } = [];

    /// <summary>The categories that every space has; null for the ten default ones.</summary>
    public List<CategorySettings>? MemoryCategories { get; set; }

    /// <summary>The types to extract; null for the four default ones.</summary>
    public List<string>? MemoryTypes { get; set; }

    /// <summary>The wanted length of a category's summary, in words.</summary>
    public int CategorySummaryTargetLength { get; set; } = 400;

    /// <summary>The cosine from which on an item without a category is put on the nearest ones.</summary>
    public double CategoryAssignThreshold { get; set; } = 0.25;
}
