using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemU.TestSupport;

/// <summary>How one provider's endpoint writes an answer.</summary>
internal sealed record Dialect(ModelEndpoint Endpoint, Func<ModelRequest, ScriptedReply, Func<string, float[]>, bool, string> Write)
{
    private static readonly Dialect Unknown = new(ModelEndpoint.Unknown, (_, _, _, _) => "{}");

    private static readonly (string Path, Dialect Dialect)[] All =
    [
        ("/api/chat", new(ModelEndpoint.Chat, (r, a, _, _) => OllamaChat(r, a))),
        ("/api/embed", new(ModelEndpoint.Embeddings, (r, _, e, _) => OllamaEmbed(r, e))),
        ("/messages", new(ModelEndpoint.Chat, (r, a, _, _) => Anthropic(r, a))),
        ("/embeddings", new(ModelEndpoint.Embeddings, OpenAIEmbeddings)),
        ("/transcriptions", new(ModelEndpoint.Transcriptions, (_, a, _, _) => new JsonObject { ["text"] = a.Content }.ToJsonString())),
        ("/chat", new(ModelEndpoint.Chat, (r, a, _, _) => OpenAIChat(r, a))),
        ("/completions", new(ModelEndpoint.Chat, (r, a, _, _) => OpenAIChat(r, a))),
    ];

    public string ContentType => "application/json";

    public static Dialect Of(string path) => All.FirstOrDefault(d => path.EndsWith(d.Path, StringComparison.Ordinal)).Dialect ?? Unknown;

    private static int Tokens(string? text) => ((text?.Length ?? 0) / 4) + 1;

    private static string OpenAIChat(ModelRequest request, ScriptedReply reply) => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = request.Json["model"]?.GetValue<string>() ?? "scripted",
        choices = new[]
        {
            new { index = 0, message = new { role = "assistant", content = reply.RefusalText is null ? reply.Content : null, refusal = reply.RefusalText }, finish_reason = reply.FinishReason },
        },
        usage = new { prompt_tokens = Tokens(request.Body), completion_tokens = Tokens(reply.Content), total_tokens = Tokens(request.Body) + Tokens(reply.Content) },
    });

    private static string OpenAIEmbeddings(ModelRequest request, ScriptedReply reply, Func<string, float[]> embed, bool plain)
    {
        var base64 = !plain && request.Json["encoding_format"]?.GetValue<string>() == "base64";
        var data = request.Inputs().Select((text, i) => new
        {
            @object = "embedding",
            index = i,
            embedding = base64 ? (object)Convert.ToBase64String(MemoryMarshal.AsBytes<float>(embed(text))) : embed(text),
        });
        return JsonSerializer.Serialize(new { @object = "list", data, model = "scripted", usage = new { prompt_tokens = Tokens(request.Body), total_tokens = Tokens(request.Body) } });
    }

    private static string OllamaChat(ModelRequest request, ScriptedReply reply) => JsonSerializer.Serialize(new
    {
        model = request.Json["model"]?.GetValue<string>(),
        created_at = "2024-01-01T00:00:00Z",
        message = new { role = "assistant", content = reply.Content },
        done = true,
        done_reason = reply.FinishReason,
        prompt_eval_count = Tokens(request.Body),
        eval_count = Tokens(reply.Content),
    }) + "\n";

    private static string OllamaEmbed(ModelRequest request, Func<string, float[]> embed) =>
        JsonSerializer.Serialize(new { model = "scripted", embeddings = request.Inputs().Select(embed), prompt_eval_count = Tokens(request.Body) });

    private static string Anthropic(ModelRequest request, ScriptedReply reply) => JsonSerializer.Serialize(new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        model = request.Json["model"]?.GetValue<string>(),
        content = new[] { new { type = "text", text = reply.Content ?? "" } },
        stop_reason = reply.FinishReason switch { "length" => "max_tokens", "content_filter" => "refusal", _ => "end_turn" },
        usage = new { input_tokens = Tokens(request.Body), output_tokens = Tokens(reply.Content) },
    });
}
