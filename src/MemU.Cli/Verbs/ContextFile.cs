using System.Text.Json;
using Microsoft.Extensions.AI;

namespace MemU.Cli.Verbs;

/// <summary>Reads the messages before a question: a JSON list, or lines of <c>role: text</c>.</summary>
internal static class ContextFile
{
    private static readonly string[] listNames = ["content", "messages", "conversation"];

    /// <exception cref="ArgumentException">The text is neither; the message names the file.</exception>
    public static IReadOnlyList<ChatMessage> Parse(string text, string file)
    {
        var trimmed = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (trimmed.Length == 0 || trimmed[0] is not ('[' or '{'))
        {
            return [.. Lines(trimmed)];
        }

        try
        {
            using var document = JsonDocument.Parse(trimmed);
            return [.. Messages(document.RootElement).Select(Message)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException(
                $"The context file '{file}' is not a JSON list of messages: each is a text or has \"role\" and \"content\". {(e is JsonException ? e.Message : "")}".TrimEnd(), e);
        }
    }

    private static IEnumerable<JsonElement> Messages(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            root = listNames.Select(n => root.TryGetProperty(n, out var list) ? list : default).First(l => l.ValueKind == JsonValueKind.Array);
        }

        return root.EnumerateArray();
    }

    private static ChatMessage Message(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return new ChatMessage(ChatRole.User, element.GetString());
        }

        var role = element.TryGetProperty("role", out var r) || element.TryGetProperty("speaker", out r) ? r.GetString() : null;
        var content = element.GetProperty("content");
        var text = content.ValueKind == JsonValueKind.Object ? content.GetProperty("text").GetString() : content.GetString();
        return new ChatMessage(string.IsNullOrWhiteSpace(role) ? ChatRole.User : new ChatRole(role), text);
    }

    private static IEnumerable<ChatMessage> Lines(string text)
    {
        var role = ChatRole.User;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':');
            var named = colon is > 0 and <= 40 && !line[..colon].Any(char.IsWhiteSpace);
            role = named ? new ChatRole(line[..colon]) : role;
            yield return new ChatMessage(role, named ? line[(colon + 1)..].Trim() : line);
        }
    }
}
