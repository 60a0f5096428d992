using MemU.Contracts;
using MemU.Server.Auth;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MemU.Server.Api;

/// <summary>Passages are what was said, word for word: they can be read, and go with their resource.</summary>
internal static class PassageEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/passages", ListAsync).Needs(KeyRights.Read).WithName("list_passages").WithSummary("Passages, by resource and position.");
        v1.MapGet("/passages/{id}", GetAsync).Needs(KeyRights.Read).WithName("get_passage").WithSummary("One passage.").Produces<PassageJson>();
    }

    private static async Task<Ok<PassageListJson>> ListAsync(
        SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken, [FromQuery(Name = "resource_id")] string? resourceId = null) =>
        TypedResults.Ok(PassageListJson.From(await request.Open().ListPassagesAsync(resourceId, paging.ToPage(), cancellationToken)));

    private static async Task<IResult> GetAsync(string id, SpaceRequest request, CancellationToken cancellationToken) =>
        await request.Open().GetPassageAsync(id, cancellationToken) is { } passage ? TypedResults.Ok(PassageJson.From(passage)) : Problem.NotFound("passage");
}
