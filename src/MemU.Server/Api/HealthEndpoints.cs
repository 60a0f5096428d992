using MemU.Server.Auth;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemU.Server.Api;

/// <summary>What a supervisor asks. Says nothing of any space.</summary>
internal static partial class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new HealthJson("live"))).IsOpen().WithName("live").WithSummary("The process answers.").DisableRateLimiting();
        app.MapGet("/health/ready", ReadyAsync).IsOpen().WithName("ready").WithSummary("The store and the keys can be read.")
            .Produces<HealthJson>().Produces<HealthJson>(503).DisableRateLimiting();
        app.MapGet("/v1/version", () => TypedResults.Ok(new VersionJson(Version))).IsOpen().WithName("version").WithSummary("Which version this is.");
    }

    private static string Version { get; } = typeof(MemoryService).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private static async Task<JsonHttpResult<HealthJson>> ReadyAsync(
        MemoryService memory, ApiKeyStore keys, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        try
        {
            await memory.OpenSpace().ListResourcesAsync(new PageRequest { Limit = 1 }, cancellationToken);
            _ = keys.List();
            return TypedResults.Json(new HealthJson("ready"), ServerJson.Of<HealthJson>());
        }
        catch (MemUException e)
        {
            NotReady(logs.CreateLogger("MemU.Health"), e);
            return TypedResults.Json(new HealthJson("not_ready"), ServerJson.Of<HealthJson>(), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Not ready.")]
    private static partial void NotReady(ILogger log, Exception exception);
}
