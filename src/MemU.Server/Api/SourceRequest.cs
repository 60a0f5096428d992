using System.Text.Json;
using System.Text.Json.Serialization;
using MemU.Server.Web;

namespace MemU.Server.Api;

/// <summary>A source to memorize: exactly one of url, text, messages and path.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal record SourceRequest
{
    /// <summary>An http or https URL; it is fetched from public addresses only.</summary>
    public string? Url { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>A conversation: a list of {role, content, created_at?, id?}, where content is a string or {"text": …}, or an object that holds one.</summary>
    public JsonElement? Messages { get; init; }

    /// <summary>A file on the server's machine, below an allowed folder.</summary>
    public string? Path { get; init; }

    /// <summary>The identity of a text or of messages: the same name again replaces what was memorized under it.</summary>
    public string? Name { get; init; }

    /// <summary>conversation, text, document, image, video or audio; guessed when left out.</summary>
    public string? Modality { get; init; }

    /// <exception cref="InvalidRequestException">Not exactly one source is named.</exception>
    public IncomingSource ToSource()
    {
        var messages = Messages is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } m ? m : (JsonElement?)null;
        if (new[] { Url is not null, Text is not null, messages is not null, Path is not null }.Count(given => given) != 1)
        {
            throw new InvalidRequestException("url", "Give exactly one of url, text, messages and path; or upload a file as multipart/form-data with a part 'file'.");
        }

        var (field, value) = Url is not null ? ("url", Url) : Text is not null ? ("text", Text) : ("path", Path);
        if (messages is null && string.IsNullOrWhiteSpace(value))
        {
            throw new InvalidRequestException(field, $"{field} is blank: there is nothing to memorize.");
        }

        if (messages is { ValueKind: not (JsonValueKind.Array or JsonValueKind.Object) })
        {
            throw new InvalidRequestException("messages", "messages must be a list of {role, content}.");
        }

        if (Name is not null && (string.IsNullOrWhiteSpace(Name) || Name.Length > 500 || Name.Any(char.IsControl)))
        {
            throw new InvalidRequestException("name", "name is blank, longer than 500 characters or holds control characters.");
        }

        var source = messages is { } list
            ? new IncomingSource("messages", null, JsonSerializer.SerializeToUtf8Bytes(list, ServerJson.Of<JsonElement>()), null, Name, null)
            : new IncomingSource(field, value, null, null, Name, Modality);
        _ = source.ToModality();
        return source;
    }
}
