namespace MemU.TestSupport;

/// <summary>One reply of the scripted server, faults included.</summary>
public sealed record ScriptedReply
{
    private ScriptedReply()
    {
    }

    /// <summary>The HTTP status.</summary>
    public int Code { get; private init; } = 200;

    /// <summary>What the model says.</summary>
    public string? Content { get; private init; }

    /// <summary>What the provider says it refused with.</summary>
    public string? RefusalText { get; private init; }

    /// <summary>Why it stopped.</summary>
    public string FinishReason { get; private init; } = "stop";

    /// <summary>A body sent as it is, in place of a well-formed one.</summary>
    public string? RawBody { get; private init; }

    /// <summary>Extra headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>The reply waits for it.</summary>
    public Task? Gate { get; private init; }

    /// <summary>The connection is cut before any byte.</summary>
    public bool IsDropped { get; private init; }

    /// <summary>The connection is cut in the middle of the body.</summary>
    public bool IsCutInBody { get; private init; }

    /// <summary>The model says this.</summary>
    public static ScriptedReply Text(string content) => new() { Content = content };

    /// <summary>The model says this and was cut off by its limit.</summary>
    public static ScriptedReply Truncated(string content) => new() { Content = content, FinishReason = "length" };

    /// <summary>The provider's content filter stopped it.</summary>
    public static ScriptedReply ContentFilter() => new() { Content = "", FinishReason = "content_filter" };

    /// <summary>The answer holds a refusal in place of content.</summary>
    public static ScriptedReply Refusal(string text) => new() { RefusalText = text };

    /// <summary>A well-formed body without choices.</summary>
    public static ScriptedReply NoChoices() => new() { RawBody = """{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[]}""" };

    /// <summary>A status, with an error body in the usual form.</summary>
    public static ScriptedReply Status(int code, string errorCode = "scripted", string message = "scripted fault", string? retryAfter = null) => new()
    {
        Code = code,
        RawBody = System.Text.Json.JsonSerializer.Serialize(new { error = new { message, type = "scripted_error", param = (string?)null, code = errorCode } }),
        Headers = retryAfter is null ? new Dictionary<string, string>() : new() { ["Retry-After"] = retryAfter },
    };

    /// <summary>200 with this body, whatever it is.</summary>
    public static ScriptedReply Body(string body) => new() { RawBody = body };

    /// <summary>The connection is cut.</summary>
    public static ScriptedReply Drop() => new() { IsDropped = true };

    /// <summary>The connection is cut after half of the body.</summary>
    public static ScriptedReply DropInBody(string content) => new() { Content = content, IsCutInBody = true };

    /// <summary>The same with one more header.</summary>
    public ScriptedReply WithHeader(string name, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [name] = value } };

    /// <summary>The same, once the gate opens. The server also lets go when the client gives up.</summary>
    public ScriptedReply After(Task gate) => this with { Gate = gate };
}
