using System.Text.Json;
using MemU.Server.Auth;
using MemU.Server.Web;

namespace MemU.Server.Api;

/// <summary>Reads the loosely written bodies of the compatible routes: what they do not know they leave alone.</summary>
internal static class CompatBody
{
    /// <exception cref="InvalidRequestException">The body is no object, or the field is no text.</exception>
    public static string? Text(JsonElement body, string field)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidRequestException(field, "The body must be a JSON object.");
        }

        return !body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? Unicode(value, field)
            : throw new InvalidRequestException(field, $"{field} must be a string.");
    }

    public static SpaceIds Ids(JsonElement body, bool blankIsMissing = false) => new(
        null, Id(Text(body, ScopeBinding.UserField), blankIsMissing), Id(Text(body, ScopeBinding.AgentField), blankIsMissing));

    /// <summary>The conversation in a field: a list of messages, or an object that holds one.</summary>
    public static IncomingSource Conversation(JsonElement body, string field) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var messages)
        && messages.ValueKind is JsonValueKind.Array or JsonValueKind.Object
            ? new IncomingSource("messages", null, JsonSerializer.SerializeToUtf8Bytes(messages, ServerJson.Of<JsonElement>()), null, null, null)
            : throw new InvalidRequestException(field, $"{field} must be a list of messages {{role, content}}.");

    // JSON can escape half a character; nothing can be done with it.
    private static string? Unicode(JsonElement value, string field)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new InvalidRequestException(field, $"{field} holds text that is not valid Unicode.");
        }
    }

    private static string? Id(string? id, bool blankIsMissing) => blankIsMissing && string.IsNullOrWhiteSpace(id) ? null : id;
}
