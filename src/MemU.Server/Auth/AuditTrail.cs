using MemU.Server.Telemetry;

namespace MemU.Server.Auth;

/// <summary>
/// Writes who did what to which space, one line a call, to the log category <c>MemU.Audit</c>: the id of the caller, the verb, the space's key, the ids in
/// the path, the status. Never a word of what was said, asked or found.
/// </summary>
internal sealed partial class AuditTrail(RequestDelegate next, ILoggerFactory logs, MemoryMeter meter, TimeProvider time)
{
    public const string Category = "MemU.Audit";
    private readonly ILogger log = logs.CreateLogger(Category);

    /// <summary>Remembers which space a request turned out to be about.</summary>
    public static void Note(HttpContext context, MemoryScope scope) => context.Items[typeof(AuditTrail)] = scope.Key;

    /// <summary>Remembers what a request asked for where its route does not say.</summary>
    public static void NoteVerb(HttpContext context, string verb) => context.Items[typeof(IEndpointNameMetadata)] = verb;

    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        await next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<RightRequirement>() is not null)
        {
            var elapsed = time.GetElapsedTime(start);
            meter.Called(VerbOf(context), context.Response.StatusCode, elapsed.TotalSeconds);
            Called(
                CallerIdentity.Of(context.User)?.Id ?? "unknown", VerbOf(context),
                context.Items[typeof(AuditTrail)] as string ?? "-", IdOf(context), context.Response.StatusCode, (long)elapsed.TotalMilliseconds,
                context.Connection.RemoteIpAddress?.ToString() ?? "-");
        }
    }

    private static string VerbOf(HttpContext context) =>
        context.Items[typeof(IEndpointNameMetadata)] as string ?? context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
        ?? (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unknown";

    // An id in the path is the caller's to choose: what looks like none of ours is not repeated.
    private static string IdOf(HttpContext context) =>
        context.Request.RouteValues.GetValueOrDefault("id") is string id && Guid.TryParse(id, out var guid) ? guid.ToString() : "-";

    [LoggerMessage(1, LogLevel.Information, "{Caller} {Verb} space={Space} id={Id} status={Status} ms={Milliseconds} from={Address}")]
    private partial void Called(string caller, string verb, string space, string id, int status, long milliseconds, string address);
}
