using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemU.Resources;

/// <summary>
/// Reads a conversation in JSON: a list of messages, an object that holds one under <c>content</c>, <c>messages</c> or <c>conversation</c>, or one message a
/// line. The text of the source is the transcript, <c>role: words</c> a message.
/// </summary>
internal static partial class JsonConversation
{
    private static readonly string[] ListNames = ["content", "messages", "conversation"];
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>True when the text looks like JSON at all.</summary>
    public static bool LooksLikeJson(string text) => text.AsSpan().TrimStart() is ['[' or '{', ..];

    /// <summary>True when it holds messages of somebody, with words or without, or nothing at all.</summary>
    /// <exception cref="JsonException">It is not well-formed.</exception>
    public static bool HasMessages(string text) => Find(text, (messages, root) =>
        messages is null ? IsSaid(root) || (root.ValueKind == JsonValueKind.Object && !root.EnumerateObject().Any())
        : messages.Count == 0 || messages.Exists(IsSaid));

    /// <summary>True when a text that is no JSON, perhaps because it was cut off, speaks of messages as JSON does.</summary>
    public static bool NamesMessages(string text) => MessageName().IsMatch(text);

    /// <summary>The messages; null when the JSON is well-formed but holds no list of messages.</summary>
    /// <exception cref="JsonException">It is not well-formed, or holds text that is not valid Unicode.</exception>
    public static ReadSource? Read(string text) => Find(text, (messages, root) => messages is null ? null : Render(messages, DefaultTime(root)));

    private static T Find<T>(string text, Func<List<JsonElement>?, JsonElement, T> read)
    {
        List<JsonDocument> documents = [];
        try
        {
            try
            {
                documents.Add(JsonDocument.Parse(text, Options));
            }
            catch (JsonException) when (IsLines(text))
            {
                documents.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonDocument.Parse(line, Options)));
            }

            var root = documents[0].RootElement;
            var messages = documents.Count > 1 ? [.. documents.Select(d => d.RootElement)] : FindMessages(root);
            return read(messages, root);
        }
        catch (InvalidOperationException e)
        {
            // An escape such as \ud800 alone is well-formed JSON and no text.
            throw new JsonException("It holds text that is not valid Unicode.", e);
        }
        finally
        {
            documents.ForEach(d => d.Dispose());
        }
    }

    private static bool IsLines(string text) =>
        text.AsSpan().TrimStart() is ['{', ..] && text.AsSpan().Trim().Contains('\n');

    private static List<JsonElement>? FindMessages(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return [.. root.EnumerateArray()];
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in ListNames)
        {
            if (root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                return [.. list.EnumerateArray()];
            }
        }

        return IsMessage(root) ? [root] : null;
    }

    private static bool IsSaid(JsonElement e) =>
        e.ValueKind == JsonValueKind.Object && (Text(e, "role") is not null || Text(e, "speaker") is not null || IsMessage(e));

    private static bool IsMessage(JsonElement e) => Words(e) is not null && Role(e) is not null;

    private static DateTimeOffset? DefaultTime(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && (root.TryGetProperty("created_at", out var time) || root.TryGetProperty("date", out time))
            ? MessageTime.Parse(time)
            : null;

    private static ReadSource? Render(List<JsonElement> messages, DateTimeOffset? defaultTime)
    {
        var transcript = new StringBuilder();
        var blocks = new List<SourceBlock>(messages.Count);
        int skipped = 0, badTimes = 0, objects = 0;
        foreach (var message in messages)
        {
            objects += message.ValueKind == JsonValueKind.Object ? 1 : 0;
            if (Words(message) is not { } words || string.IsNullOrWhiteSpace(words))
            {
                skipped++;
                continue;
            }

            var time = defaultTime;
            if (message.TryGetProperty("created_at", out var created) && created.ValueKind is not JsonValueKind.Null)
            {
                time = MessageTime.Parse(created);
                badTimes += time is null ? 1 : 0;
            }

            var role = Role(message);
            transcript.Append(transcript.Length == 0 ? "" : "\n").Append(role is null ? "" : $"{role}: ");
            blocks.Add(new SourceBlock(transcript.Length, words.Length) { Role = role, MessageId = Id(message), HappenedAt = time });
            transcript.Append(words);
        }

        if (objects == 0)
        {
            return null;
        }

        List<string> notes = [];
        if (skipped > 0)
        {
            notes.Add($"{skipped} of {messages.Count} messages were left out: they have no text.");
        }

        if (badTimes > 0)
        {
            notes.Add($"{badTimes} messages have a created_at that is no date; use ISO 8601, 'YYYY-MM-DD hh:mm:ss' or epoch seconds.");
        }

        return new ReadSource(transcript.ToString(), blocks, notes);
    }

    /// <summary>A speaker's name says more than 'user'; an assistant stays an assistant.</summary>
    private static string? Role(JsonElement message)
    {
        var role = Text(message, "role");
        var name = Text(message, "speaker") ?? Text(message, "name");
        return role is null or "user" or "human" ? name ?? role : role;
    }

    private static string? Id(JsonElement message) =>
        message.TryGetProperty("id", out var id)
            ? id.ValueKind switch { JsonValueKind.String => id.GetString(), JsonValueKind.Number => id.GetRawText(), _ => null }
            : null;

    private static string? Words(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !(message.TryGetProperty("content", out var content) || message.TryGetProperty("text", out content)))
        {
            return null;
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString(),
            JsonValueKind.Object => Text(content, "text"),
            JsonValueKind.Array => string.Join("\n", content.EnumerateArray()
                .Select(part => part.ValueKind == JsonValueKind.String ? part.GetString() : part.ValueKind == JsonValueKind.Object ? Text(part, "text") : null)
                .Where(part => !string.IsNullOrWhiteSpace(part))),
            _ => null,
        };
    }

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? (name == "text" ? value.GetString() : value.GetString()!.Trim())
            : null;

    [GeneratedRegex(@"[""'](?:role|speaker)[""']\s*:\s*[""']", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MessageName();
}
