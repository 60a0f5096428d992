using System.Text.Json;
using MemU.Server.Web;
using Microsoft.Extensions.AI;

namespace MemU.Server.Api;

/// <summary>Reads the messages of a question: strings, or {role, content} where content is a string or {"text": …}.</summary>
internal static class QueryMessages
{
    private const int Most = 1000;

    /// <exception cref="InvalidRequestException">There is no question, or an element is of another shape.</exception>
    public static IReadOnlyList<ChatMessage> Read(string? query, JsonElement? queries)
    {
        var several = queries is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } list ? list : (JsonElement?)null;
        if ((query is null) == (several is null))
        {
            throw new InvalidRequestException("query", "Give either query (a string) or queries (a list of messages).");
        }

        if (several is not { } given)
        {
            return string.IsNullOrWhiteSpace(query) ? throw Blank("query") : [new ChatMessage(ChatRole.User, query)];
        }

        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() is < 1 or > Most)
        {
            throw new InvalidRequestException("queries", $"queries must be a list of 1 to {Most} messages.");
        }

        List<ChatMessage> messages;
        try
        {
            messages = [.. given.EnumerateArray().Select(Message)];
        }
        catch (InvalidOperationException)
        {
            throw new InvalidRequestException("queries", "queries holds text that is not valid Unicode.");
        }

        return string.IsNullOrWhiteSpace(messages[^1].Text) ? throw Blank($"queries[{messages.Count - 1}]") : messages;
    }

    private static ChatMessage Message(JsonElement element, int index)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return new ChatMessage(ChatRole.User, element.GetString());
        }

        var role = Text(element, "role");
        var content = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("content", out var c)
            ? c.ValueKind == JsonValueKind.String ? c.GetString() : Text(c, "text")
            : null;
        return string.IsNullOrWhiteSpace(role) || content is null
            ? throw new InvalidRequestException($"queries[{index}]", $"queries[{index}] must be a string or {{\"role\": …, \"content\": a string or {{\"text\": …}}}}.")
            : new ChatMessage(new ChatRole(role), content);
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static InvalidRequestException Blank(string field) => new(field, $"{field} is blank. Give the question.");
}
