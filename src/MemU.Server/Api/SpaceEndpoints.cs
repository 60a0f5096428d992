using MemU.Contracts;
using MemU.Maintenance;
using MemU.Server.Auth;
using MemU.Server.Jobs;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemU.Server.Api;

/// <summary>A space as a whole: counted, exported, imported, erased.</summary>
internal static class SpaceEndpoints
{
    public const string JsonLines = "application/x-ndjson";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/stats", StatsAsync).Needs(KeyRights.Read).WithName("stats").WithSummary("Counts and sizes of the space.");
        v1.MapGet("/spaces", SpacesAsync).Needs(KeyRights.Admin).WithName("list_spaces").WithSummary("The spaces that the key reaches.");
        v1.MapGet("/export", ExportAsync).Needs(KeyRights.Read).WithName("export").WithSummary("Everything in the space, as JSON Lines.").Produces(200, contentType: JsonLines);
        v1.MapPost("/import", ImportAsync).Needs(KeyRights.Write).WithName("import").WithSummary("Reads an export (the body, JSON Lines) into the space. The same file twice adds nothing.");
        v1.MapDelete("/space", EraseAsync).Needs(KeyRights.Erase).WithName("erase_space").WithSummary("Erases the space for good, to the last byte in the files.");
    }

    private static async Task<Ok<StatisticsJson>> StatsAsync(SpaceRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(StatisticsJson.From(await request.Open().GetStatisticsAsync(cancellationToken)));

    private static async Task<Ok<SpaceListJson>> SpacesAsync(HttpContext context, MemoryMaintenance maintenance, CancellationToken cancellationToken)
    {
        var caller = ScopeBinding.CallerOf(context);
        var spaces = await maintenance.ListSpacesAsync(cancellationToken).Where(s => ScopeBinding.Reaches(caller, new SpaceIds(), s)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new SpaceListJson([.. spaces.Select(SpaceJson.From)]));
    }

    private static IResult ExportAsync(SpaceRequest request, bool content = true, bool vectors = true)
    {
        var space = request.Open();
        return TypedResults.Stream(
            body => space.ExportAsync(body, new ExportOptions { Content = content, Vectors = vectors }, cancellationToken: request.Context.RequestAborted), JsonLines, "memu-export.jsonl");
    }

    private static async Task<Ok<TransferJson>> ImportAsync(SpaceRequest request, ServerOptions server, CancellationToken cancellationToken)
    {
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = server.MaxImportBytes;
        }

        return TypedResults.Ok(TransferJson.From(await request.Open().ImportAsync(request.Context.Request.Body, cancellationToken: cancellationToken)));
    }

    private static async Task<Ok<ErasureJson>> EraseAsync(SpaceRequest request, SpaceErasing erasing, CancellationToken cancellationToken)
    {
        // Nobody's memory is erased because an id was forgotten.
        if (!ScopeBinding.NamesUser(request.Context))
        {
            throw new InvalidRequestException(ScopeBinding.UserField, "Say whose memory is to be erased: ?user_id=…");
        }

        return TypedResults.Ok(ErasureJson.From(await erasing.RunAsync([request.Open().Scope], progress: null, cancellationToken)));
    }
}
