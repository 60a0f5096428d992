using System.Text.Json.Nodes;

namespace MemU.TestSupport;

/// <summary>One request that reached the scripted server.</summary>
public sealed record ModelRequest(ModelEndpoint Endpoint, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private static readonly (string Mark, string Task)[] Marks =
    [
        ("\"segments\":", "segment"), ("\"items\":", "extract"), ("\"pages\":", "summarize"), ("\"needs_retrieval\":", "plan"),
        ("\"ranking\":", "rank"), ("\"enough\":", "judge"), ("\"description\":", "describe"),
    ];

    /// <summary>The body as JSON; an empty object when it is none (a form).</summary>
    public JsonObject Json => field ??= Body.StartsWith('{') ? JsonNode.Parse(Body)!.AsObject() : [];

    /// <summary>The texts of all messages with a role, joined.</summary>
    public string Text(string role) => string.Join('\n', Messages().Where(m => m.Role == role).Select(m => m.Text));

    public string System => Text("system");

    public string User => Text("user");

    /// <summary>Which of the reasoner's tasks asks, told by the shape of answer it asks for; null for none.</summary>
    public string? Task => Marks.FirstOrDefault(m => System.Contains(m.Mark, StringComparison.Ordinal)).Task;

    /// <summary>The JSON lines of a data block of the prompt; none when there is no such block.</summary>
    public IReadOnlyList<JsonNode> Block(string name)
    {
        var lines = User.Split('\n');
        var begin = Array.FindIndex(lines, l => l.StartsWith($"BEGIN {name} ", StringComparison.Ordinal));
        return begin < 0 ? [] : [.. lines.Skip(begin + 1).TakeWhile(l => !l.StartsWith($"END {name} ", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l)!)];
    }

    /// <summary>The texts of an embedding request.</summary>
    public IReadOnlyList<string> Inputs() => Json["input"] switch
    {
        JsonArray list => [.. list.Select(n => n!.GetValue<string>())],
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };

    private IEnumerable<(string Role, string Text)> Messages()
    {
        if (Json["system"] is { } system)
        {
            yield return ("system", ContentText(system));
        }

        foreach (var message in Json["messages"]?.AsArray() ?? [])
        {
            yield return (message!["role"]!.GetValue<string>(), ContentText(message["content"]));
        }
    }

    private static string ContentText(JsonNode? content) => content switch
    {
        JsonArray parts => string.Join('\n', parts.Select(p => p?["text"]?.GetValue<string>()).Where(t => t is not null)),
        JsonValue value => value.GetValue<string>(),
        _ => "",
    };
}
