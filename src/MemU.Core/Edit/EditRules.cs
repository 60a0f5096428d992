using System.Text;
using MemU.Reasoning;

namespace MemU.Edit;

/// <summary>What may be written by hand. Every refusal says what was wrong and how to mend it.</summary>
/// <param name="memoryTypes">The configured types, besides the built-in ones.</param>
/// <param name="categories">The categories that every space is to have; they may be named before the first source was memorized.</param>
/// <param name="summaryLength">The wanted length of a category's summary, in words.</param>
internal sealed class EditRules(IReadOnlyList<string> memoryTypes, IReadOnlyList<CategoryDefinition> categories, int summaryLength)
{
    /// <summary>The wanted length of a category's summary, in words.</summary>
    public int SummaryLength => summaryLength;

    private const int MaxNameLength = 255;

    /// <summary>The category of that name that every space is to have; null when there is none.</summary>
    public CategoryDefinition? Configured(string name) => categories.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ArgumentException">The text says nothing.</exception>
    public static string Text(string? text, string what)
    {
        if (!MemoryTextGuard.IsStorable(text, out var why))
        {
            throw new ArgumentException($"The {what} is {why}. Give the words that are to be remembered.", what);
        }

        return text!.Trim();
    }

    /// <exception cref="ArgumentException">The name is blank, too long or holds control characters.</exception>
    public static string Name(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name of the category is blank. Give a short name.", nameof(name));
        }

        var trimmed = name.Trim();
        if (trimmed.Length > MaxNameLength)
        {
            throw new ArgumentException($"The name of the category has {trimmed.Length} characters; at most {MaxNameLength} are allowed.", nameof(name));
        }

        return trimmed.EnumerateRunes().Any(r => Rune.IsControl(r) || r == Rune.ReplacementChar)
            ? throw new ArgumentException("The name of the category holds control characters or is not valid Unicode. Give one line of plain text.", nameof(name))
            : trimmed;
    }

    /// <summary>What is said when a record is no longer what the caller knows.</summary>
    public static ConcurrentChangeException ChangedMeanwhile(string kind) => new($"The {kind} was changed meanwhile. Read it again and decide anew.");

    /// <summary>The type as it is written where it is known; <paramref name="own"/> is a type that is allowed besides.</summary>
    /// <exception cref="ArgumentException">The type is blank or unknown.</exception>
    public string MemoryType(string? type, string? own = null)
    {
        var known = MemoryTypes.Default.Concat(memoryTypes).Concat(own is null ? [] : [own]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var wanted = type?.Trim();
        return known.FirstOrDefault(t => string.Equals(t, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"{(string.IsNullOrEmpty(wanted) ? "The memory type is blank" : $"Unknown memory type '{wanted}'")}. Known: {string.Join(", ", known)}. "
                + "A type of your own is known once it stands among the configured memory types.",
                nameof(type));
    }
}
