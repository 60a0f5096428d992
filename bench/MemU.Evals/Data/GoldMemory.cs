using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemU.Evals.Data;

/// <summary>What should be remembered of a session.</summary>
/// <param name="Text">In the words of the data set, without the topic that stands before some.</param>
/// <param name="TurnId">The turn from which it comes; null when none begins as the data set quotes it.</param>
/// <param name="ByUser">Whether the person said it.</param>
internal sealed partial record GoldMemory(string Text, string? TurnId, bool ByUser)
{
    private const int QuotedLength = 60;

    /// <summary>Those of a dialogue.</summary>
    public static List<GoldMemory> In(JsonElement dialogue, string sitting, IReadOnlyList<string> turns)
    {
        var memories = new List<GoldMemory>();
        if (dialogue.TryGetProperty("extracted_memory", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var memory in list.EnumerateArray())
            {
                var quoted = memory.TryGetProperty("source_content_snapshot", out var q) ? Beginning(q.ToString()) : "";
                var turn = quoted.Length == 0 ? -1 : Enumerable.Range(0, turns.Count).FirstOrDefault(t => Beginning(turns[t]) == quoted, -1);
                memories.Add(new GoldMemory(
                    Plain(memory.GetProperty("content").ToString()),
                    turn < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{sitting}:{turn}"),
                    memory.TryGetProperty("source_role_snapshot", out var role) && role.ToString() == "User"));
            }
        }

        return [.. memories.Where(m => m.Text.Length > 0)];
    }

    /// <summary>The text without the topic in brackets before it.</summary>
    public static string Plain(string text) => Topic().Replace(text, "").Trim();

    private static string Beginning(string text) => text.Trim() is var t && t.Length > QuotedLength ? t[..QuotedLength] : text.Trim();

    [GeneratedRegex(@"^\s*【[^】]*】")]
    private static partial Regex Topic();
}
