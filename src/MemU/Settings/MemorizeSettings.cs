using MemU.Memorize;
using MemU.Reasoning;

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

    /// <summary>The options that these settings describe.</summary>
    /// <exception cref="ArgumentException">A value is wrong; the message names the setting and what it may be.</exception>
    public MemorizeOptions ToOptions() => new()
    {
        DefaultSummaryPrompt = DefaultSummaryPrompt,
        SummaryPrompts = SummaryPrompts.ToDictionary(p => Modality.Parse(p.Key).Name, p => p.Value),
        MemoryTypePrompts = MemoryTypePrompts.ToDictionary(p => p.Key.Trim(), p => p.Value, StringComparer.OrdinalIgnoreCase),
        Categories = MemoryCategories is null ? DefaultCategories.All : Categories(MemoryCategories),
        MemoryTypes = MemoryTypes is null ? MemU.MemoryTypes.Default : Types(MemoryTypes),
        CategorySummaryTargetLength = CategorySummaryTargetLength >= 1
            ? CategorySummaryTargetLength
            : throw Wrong("category_summary_target_length", $"is {CategorySummaryTargetLength}; it must be at least 1"),
        CategoryAssignThreshold = CategoryAssignThreshold is >= 0 and <= 1
            ? CategoryAssignThreshold
            : throw Wrong("category_assign_threshold", $"is {CategoryAssignThreshold}; it must be from 0 to 1"),
    };

    private static IReadOnlyList<CategoryDefinition> Categories(List<CategorySettings> categories)
    {
        if (categories.Any(c => string.IsNullOrWhiteSpace(c.Name)))
        {
            throw Wrong("memory_categories", "holds a category without a name; give every one a name");
        }

        var twice = categories.GroupBy(c => c.Name.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? [.. categories.Select(c => new CategoryDefinition(c.Name.Trim(), c.Description.Trim()))]
            : throw Wrong("memory_categories", $"holds '{twice.Key}' twice; names must differ by more than case");
    }

    private static IReadOnlyList<string> Types(List<string> types) =>
        types.Count > 0 && !types.Any(string.IsNullOrWhiteSpace)
            ? [.. types.Select(t => t.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)]
            : throw Wrong("memory_types", "must name at least one type and no blank one");

    private static ArgumentException Wrong(string name, string what) => new($"The setting memorize.{name} {what}.");
}
