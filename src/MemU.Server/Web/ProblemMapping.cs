using System.Text.Json;
using MemU.Server.Auth;
using MemU.Server.Jobs;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace MemU.Server.Web;

/// <summary>Turns what was thrown into problem details. What was not foreseen is logged and says nothing but where to look.</summary>
internal sealed partial class ProblemMapping(ILogger<ProblemMapping> log) : IExceptionHandler
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["user"] = ScopeBinding.UserField, ["agent"] = ScopeBinding.AgentField, ["tenant"] = ScopeBinding.TenantField, ["type"] = "memory_type",
    };

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted)
        {
            return false;
        }

        await Of(context, exception).ExecuteAsync(context);
        return true;
    }

    private IResult Of(HttpContext context, Exception exception) => exception switch
    {
        InvalidRequestException e => Problem.Result(400, "invalid_request", e.Message, e.Field),
        ForbiddenSpaceException e => Problem.Result(403, "forbidden", e.Message, e.Field),
        BadHttpRequestException { InnerException: JsonException e } => Problem.Result(400, "invalid_request", WrongJson(e), FieldOf(e)),
        JsonException e => Problem.Result(400, "invalid_request", WrongJson(e), FieldOf(e)),
        BadHttpRequestException { StatusCode: 413 } => Problem.Result(413, "too_large", "The body is larger than this server takes (server.max_body_bytes). Split it."),
        BadHttpRequestException e => Problem.Result(e.StatusCode, "invalid_request", e.Message),
        QueueFullException e => Full(context, e),
        MemoryNotFoundException e => Problem.NotFound(e.Kind),
        ConcurrentChangeException => Problem.Result(409, "conflict", "It was changed by somebody else meanwhile. Read it again and decide anew."),
        SpaceErasedException e => Problem.Result(409, "erased", e.Message),
        ResourceException e => Problem.Result(422, "resource", e.Message),
        ReasonerException { IsTransient: true } e => Failed(context, 503, "model", e.Message, e),
        ReasonerException e => Failed(context, 502, "model", e.Message, e),
        MemoryStoreException { IsTransient: true } e => Failed(context, 503, "store", "The store is busy. Try again.", e),
        MemoryStoreException e => Failed(context, 500, "store", "The store could not do it; the server's log says why.", e),
        MemUException e => Problem.Result(422, "invalid_data", e.Message),
        ArgumentException e => Problem.Result(
            400, "invalid_request", Problem.MessageOf(e), e.ParamName is { } name ? Fields.GetValueOrDefault(name) ?? Snake(name) : null),
        InvalidOperationException when HasUnknownCharset(context.Request) => Problem.Result(
            415, "unsupported_media_type", "The charset of the Content-Type is not known here. Send UTF-8."),
        OperationCanceledException when context.RequestAborted.IsCancellationRequested => Problem.Result(504, "timeout", "It took too long, or the caller went away. Nothing was stored."),
        _ => Failed(context, 500, "failed", "This was not foreseen; the server's log says more.", exception),
    };

    private static IResult Full(HttpContext context, QueueFullException exception)
    {
        context.Response.Headers.RetryAfter = "10";
        return Problem.Result(429, "queue_full", exception.Message);
    }

    private IResult Failed(HttpContext context, int status, string kind, string message, Exception exception)
    {
        Failure(exception, context.GetEndpoint()?.DisplayName ?? "?", kind);
        return Problem.Result(status, kind, message);
    }

    private static bool HasUnknownCharset(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue && type.Encoding is null;

    // A message of the reader may repeat what stood in the body; its place says enough.
    private static string WrongJson(JsonException e) =>
        $"The JSON is wrong at {e.Path ?? "$"} (line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}): malformed, of another type than expected, unknown, given twice, or something required is missing. /docs shows the shape.";

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string? FieldOf(JsonException e) => e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;

    [LoggerMessage(1, LogLevel.Error, "{Endpoint} failed ({Kind}).")]
    private partial void Failure(Exception exception, string endpoint, string kind);
}
