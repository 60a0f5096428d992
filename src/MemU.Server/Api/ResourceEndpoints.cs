using MemU.Contracts;
using MemU.Server.Auth;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemU.Server.Api;

/// <summary>Sources that were memorized. They come by memorize and are changed by memorizing them again.</summary>
internal static class ResourceEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/resources", ListAsync).Needs(KeyRights.Read).WithName("list_resources").WithSummary("Resources, newest first.");
        v1.MapGet("/resources/{id}", GetAsync).Needs(KeyRights.Read).WithName("get_resource").WithSummary("One resource.").Produces<ResourceJson>();
        v1.MapGet("/resources/{id}/content", ContentAsync).Needs(KeyRights.Read).WithName("get_resource_content").WithSummary("The kept bytes of a resource.")
            .Produces(200, contentType: "application/octet-stream");
        v1.MapGet("/resources/{id}/passages", PassagesAsync).Needs(KeyRights.Read).WithName("list_resource_passages")
            .WithSummary("The passages of a resource, in their order.").Produces<PassageListJson>();
        v1.MapDelete("/resources/{id}", DeleteAsync).Needs(KeyRights.Write).WithName("delete_resource")
            .WithSummary("Removes a resource with its passages, items and bytes.").Produces(204);
    }

    private static async Task<Ok<ResourceListJson>> ListAsync(SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken) =>
        TypedResults.Ok(ResourceListJson.From(await request.Open().ListResourcesAsync(paging.ToPage(), cancellationToken)));

    private static async Task<IResult> GetAsync(string id, SpaceRequest request, CancellationToken cancellationToken) =>
        await request.Open().GetResourceAsync(id, cancellationToken) is { } resource ? EntityTag.Ok(request.Context, ResourceJson.From(resource)) : Problem.NotFound("resource");

    // Never shown by a browser as what it says it is: it came from anywhere.
    private static async Task<IResult> ContentAsync(string id, SpaceRequest request, CancellationToken cancellationToken)
    {
        var space = request.Open();
        return await space.GetResourceAsync(id, cancellationToken) is { } resource && await space.OpenContentAsync(resource, cancellationToken) is { } content
            ? TypedResults.Stream(content, "application/octet-stream", fileDownloadName: resource.LocalPath.Split('/')[^1])
            : Problem.NotFound("resource with kept bytes");
    }

    private static async Task<IResult> PassagesAsync(string id, SpaceRequest request, [AsParameters] Paging paging, CancellationToken cancellationToken)
    {
        var space = request.Open();
        return await space.GetResourceAsync(id, cancellationToken) is null
            ? Problem.NotFound("resource")
            : TypedResults.Ok(PassageListJson.From(await space.ListPassagesAsync(id, paging.ToPage(), cancellationToken)));
    }

    private static async Task<IResult> DeleteAsync(string id, SpaceRequest request, CancellationToken cancellationToken) =>
        await request.Open().DeleteResourceAsync(id, cancellationToken) ? TypedResults.NoContent() : Problem.NotFound("resource");
}
