using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemU.TestSupport;

/// <summary>
/// A model that does each task in the simplest right way, from the data of the prompt alone: one event per message, summaries that list their
/// memories, every question needs memory, nothing is ever enough, candidates keep their order.
/// </summary>
public static class SensibleModel
{
    /// <summary>The answer to a chat request.</summary>
    /// <exception cref="InvalidOperationException">The request is of no known task.</exception>
    public static string Answer(ModelRequest request) => JsonSerializer.Serialize<object>(request.Task switch
    {
        "segment" => new { segments = new[] { new { start = First(request), end = First(request) + request.Block("messages").Count - 1 } }, caption = "A long conversation." },
        "extract" => Extract(request),
        "summarize" => new { pages = request.Block("pages").Select(p => new { n = p["n"]!.GetValue<int>(), summary = Page(p) }) },
        "plan" => new { needs_retrieval = true, query = request.Block("last_message")[0].GetValue<string>(), reason = "it asks for something remembered" },
        "judge" => new { enough = false, next_query = request.Block("query")[0].GetValue<string>(), reason = "more may be found" },
        "rank" => new { ranking = request.Block("candidates").Select(c => c["n"]!.GetValue<int>()) },
        "describe" => new { description = "A red square on a white wall.", caption = "A red square." },
        _ => throw new InvalidOperationException("The scripted model was asked something of no known task."),
    });

    private static int First(ModelRequest request) => request.Block("messages")[0]["n"]!.GetValue<int>();

    private static object Extract(ModelRequest request)
    {
        var passages = request.Block("messages").Concat(request.Block("paragraphs")).ToList();
        var category = request.Block("categories").FirstOrDefault()?["name"]?.GetValue<string>();
        return new
        {
            caption = $"A source of {passages.Count} parts.",
            items = passages.Select(p => new
            {
                type = "event",
                content = $"{p["from"]?.GetValue<string>() ?? "The text"} said: {p["text"]!.GetValue<string>()}",
                categories = category is null ? [] : new[] { category },
                source = new[] { p["n"]!.GetValue<int>() },
            }),
        };
    }

    private static string Page(JsonNode page)
    {
        var old = page["text_so_far"]?.GetValue<string>();
        var news = page["new_memories"]?.AsArray().Select(m => $"- {m!.GetValue<string>()}") ?? [];
        return string.Join('\n', new[] { old }.Where(t => t is not null).Concat(news));
    }
}
