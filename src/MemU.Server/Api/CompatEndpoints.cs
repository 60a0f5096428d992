using System.Text.Json;
using MemU.Contracts;
using MemU.Maintenance;
using MemU.Resources;
using MemU.Retrieve;
using MemU.Server.Auth;
using MemU.Server.Ingest;
using MemU.Server.Web;

namespace MemU.Server.Api;

/// <summary>The contract of MemU's own HTTP server and of its older web playground, for programs that were written against them.</summary>
internal static class CompatEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => TypedResults.Json(new { status = "success", result = new { message = Hello }, message = Hello }, MemUJson.Compact)).IsOpen().WithName("compat_hello");
        app.MapPost("/retrieve", RetrieveAsync).Needs(KeyRights.Read).WithName("compat_retrieve");
        app.MapPost("/clear", ClearAsync).Needs(KeyRights.Erase).WithName("compat_clear");
        app.MapPost("/categories", CategoriesAsync).Needs(KeyRights.Read).WithName("compat_categories");
        app.MapPost("/api/memorize", MemorizeAsync).Needs(KeyRights.Write).WithName("compat_api_memorize");
        app.MapPost("/api/retrieve", RetrieveAsync).Needs(KeyRights.Read).WithName("compat_api_retrieve");
    }

    private const string Hello = "Hello from MemU.";

    private static async Task<IResult> RetrieveAsync(JsonElement body, SpaceRequest request, CancellationToken cancellationToken)
    {
        var query = CompatBody.Text(body, "query");
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new InvalidRequestException("query", "query is missing or blank. Give the question.");
        }

        var found = RetrieveResultJson.From(await request.Open(CompatBody.Ids(body)).RetrieveAsync(query, cancellationToken: cancellationToken));
        return Success(new
        {
            found.NeedsRetrieval, found.OriginalQuery, found.RewrittenQuery, found.NextStepQuery, found.Categories, found.Items, found.Resources, found.Evidence,
        });
    }

    private static async Task<IResult> ClearAsync(JsonElement body, HttpContext context, MemoryMaintenance maintenance, CancellationToken cancellationToken)
    {
        var ids = CompatBody.Ids(body, blankIsMissing: true);
        if (ids is { User: null, Agent: null })
        {
            return Problem.Result(422, "invalid_request", "Give user_id, agent_id or both.", ScopeBinding.UserField);
        }

        // Both name one space; one alone names all that share it, within what the key reaches.
        var named = ScopeBinding.Of(context, ids);
        var caller = ScopeBinding.CallerOf(context);
        var spaces = await maintenance.ListSpacesAsync(cancellationToken).Where(s => ScopeBinding.Reaches(caller, ids with { Tenant = named.Tenant }, s)).ToListAsync(cancellationToken);
        long categories = 0, items = 0, resources = 0;
        foreach (var space in spaces)
        {
            var rows = (await maintenance.EraseAsync(space, cancellationToken: cancellationToken)).Spaces.Select(s => s.Rows).ToList();
            categories += rows.Sum(r => r.Categories);
            items += rows.Sum(r => r.Items);
            resources += rows.Sum(r => r.Resources);
        }

        return Success(new { PurgedCategories = categories, PurgedItems = items, PurgedResources = resources });
    }

    private static async Task<IResult> CategoriesAsync(JsonElement body, SpaceRequest request, CancellationToken cancellationToken)
    {
        var ids = CompatBody.Ids(body);
        if (string.IsNullOrWhiteSpace(ids.User))
        {
            return Problem.Result(422, "invalid_request", "user_id is missing or blank.", ScopeBinding.UserField);
        }

        var space = request.Open(ids);
        List<MemoryCategory> categories = [];
        string? cursor = null;
        do
        {
            var page = await space.ListCategoriesAsync(new PageRequest { Limit = PageRequest.MaxLimit, Cursor = cursor }, cancellationToken);
            categories.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return Success(new { Categories = categories.Select(c => new { c.Name, c.Description, UserId = c.Scope.User, AgentId = c.Scope.Agent, c.Summary }) });
    }

    private static async Task<IResult> MemorizeAsync(JsonElement body, SpaceRequest request, LocalFiles files, CancellationToken cancellationToken)
    {
        var source = CompatBody.Conversation(body, "content");
        var done = MemorizeResultJson.From(await request.Open(CompatBody.Ids(body)).MemorizeAsync(
            source.ToRef(files), source.ToModality(), cancellationToken: cancellationToken));
        return Success(new { done.Resource, done.Items, done.Categories, done.Relations });
    }

    private static IResult Success<T>(T result) => TypedResults.Json(new { Status = "success", Result = result }, MemUJson.Compact);
}
