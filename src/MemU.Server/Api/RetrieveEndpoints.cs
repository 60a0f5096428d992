using MemU.Contracts;
using MemU.Retrieve;
using MemU.Server.Auth;
using MemU.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemU.Server.Api;

/// <summary>Questions are answered.</summary>
internal static class RetrieveEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapPost("/retrieve", RetrieveAsync).Needs(KeyRights.Read).WithName("retrieve").WithSummary("Finds the memories that answer a question.");

    private static async Task<Ok<RetrieveResultJson>> RetrieveAsync(
        RetrieveRequest body, SpaceRequest request, RetrieveOptions defaults, MemoryMeter meter, CancellationToken cancellationToken)
    {
        var messages = QueryMessages.Read(body.Query, body.Queries);
        var found = await request.Open(body.Ids).RetrieveAsync(messages, body.Options(defaults), cancellationToken);
        meter.Used(found.Usage);
        return TypedResults.Ok(RetrieveResultJson.From(found));
    }
}
