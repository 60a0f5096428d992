using System.Collections.Frozen;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>How the speaker of a passage is called.</summary>
internal static class Speaker
{
    private const int MaxLabelLength = 60;

    private static readonly FrozenSet<string> Assistants = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "assistant", "ai", "bot", "model", "agent", "chatbot", "system", "developer", "tool", "function");

    /// <summary>True when a machine speaks.</summary>
    public static bool IsAssistant(Passage passage) => passage.Role is not null && Assistants.Contains(passage.Role.Trim());

    /// <summary>The speaker's name on one line, with a capital letter when it is a role; null when nobody is named.</summary>
    public static string? Label(Passage passage)
    {
        var role = string.Join(' ', (passage.Role ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (role.Length == 0)
        {
            return null;
        }

        if (role.Length > MaxLabelLength)
        {
            role = role[..(char.IsHighSurrogate(role[MaxLabelLength - 1]) ? MaxLabelLength - 1 : MaxLabelLength)];
        }

        return char.IsAsciiLetterLower(role[0]) ? char.ToUpperInvariant(role[0]) + role[1..] : role;
    }

    /// <summary>The speaker and the day: <c>Ada (3 June 2019)</c>, or what is known of it; null when nothing is.</summary>
    public static string? LabelWithDay(Passage passage) => (Label(passage), Day(passage)) switch
    {
        ({ } name, { } day) => $"{name} ({DateMention.Day(day)})",
        (null, { } day) => DateMention.Day(day),
        ({ } name, null) => name,
        _ => null,
    };

    /// <summary>The day on which the passage was said, where it was said.</summary>
    public static DateOnly? Day(Passage passage) => passage.HappenedAt is { } time ? DateOnly.FromDateTime(time.Date) : null;

    /// <summary>The folded words of the speakers' names: in a text they are mostly forms of address.</summary>
    public static HashSet<string> NameWords(IEnumerable<Passage> passages) =>
        [.. passages.Select(p => p.Role).OfType<string>().Distinct().SelectMany(Tokenizer.Read).Select(t => t.Text)];
}
