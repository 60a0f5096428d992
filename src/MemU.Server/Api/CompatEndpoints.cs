using System.Text.Json;
using System.Text.RegularExpressions;
using MemU.Contracts;
using MemU.Server.Auth;
using MemU.Server.Ingest;
using MemU.Server.Jobs;
using MemU.Server.Web;
using Microsoft.AspNetCore.Mvc;

namespace MemU.Server.Api;

/// <summary>The contract of MemU's own HTTP server and of its older web playground, for programs that were written against them.</summary>
internal static partial class CompatEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => TypedResults.Json(new CompatHello("success", new CompatGreeting(Hello), Hello), ServerJson.Of<CompatHello>())).IsOpen().WithName("compat_hello");
        app.MapPost("/memorize", StartAsync).Needs(KeyRights.Write).WithName("compat_memorize");
        app.MapGet("/memorize/status/{task_id}", StatusAsync).Needs(KeyRights.Read).WithName("compat_memorize_status");
        app.MapPost("/retrieve", RetrieveAsync).Needs(KeyRights.Read).WithName("compat_retrieve");
        app.MapPost("/clear", ClearAsync).Needs(KeyRights.Erase).WithName("compat_clear");
        app.MapPost("/categories", CategoriesAsync).Needs(KeyRights.Read).WithName("compat_categories");
        app.MapPost("/api/memorize", MemorizeAsync).Needs(KeyRights.Write).WithName("compat_api_memorize");
        app.MapPost("/api/retrieve", RetrieveAsync).Needs(KeyRights.Read).WithName("compat_api_retrieve");
    }

    private const string Hello = "Hello from MemU.";

    private static async Task<IResult> StartAsync(JsonElement body, SpaceRequest request, JobIntake jobs, CancellationToken cancellationToken)
    {
        var ids = CompatBody.Ids(body);
        if (string.IsNullOrWhiteSpace(ids.User))
        {
            return Problem.Result(422, "invalid_request", "user_id is missing or blank.", ScopeBinding.UserField);
        }

        var source = CompatBody.Conversation(body, "conversation");
        var job = await jobs.AddAsync(request.Context, request.Open(ids).Scope, source, cancellationToken);
        var ignored = body.TryGetProperty("override_config", out var config) && config.ValueKind is not JsonValueKind.Null
            ? " override_config was not applied: this server is configured where it runs." : "";
        return Success(new CompatStarted(job.Id, "PENDING", $"The conversation is being memorized.{ignored}"));
    }

    private static async Task<IResult> StatusAsync([FromRoute(Name = "task_id")] string taskId, HttpContext context, JobStore jobs, CancellationToken cancellationToken)
    {
        if (!TaskPattern().IsMatch(taskId))
        {
            return Problem.Result(422, "invalid_request", "A task_id is memorize- and 32 hexadecimal digits.", "task_id");
        }

        // The route names no space: the task must be of one that the key reaches; an id that the key may not name is refused here too.
        _ = ScopeBinding.Of(context);
        return await jobs.GetAsync(taskId, cancellationToken) is { } job && ScopeBinding.Reaches(ScopeBinding.CallerOf(context), ScopeBinding.Asked(context), job.Scope)
            ? Success(new CompatTask(job.Id, job.State.ToString().ToUpperInvariant(), DetailOf(job)))
            : Problem.NotFound("task");
    }

    private static string DetailOf(Job job) => job.State switch
    {
        JobState.Pending => "It waits for its turn.",
        JobState.Running => "It is being memorized.",
        JobState.Completed => $"Memorized ({job.Outcome}).",
        JobState.Canceled => "It was canceled.",
        _ => job.ErrorMessage ?? "It failed.",
    };

    [GeneratedRegex(@"^memorize-[0-9a-f]{32}\z")]
    private static partial Regex TaskPattern();

    private static async Task<IResult> RetrieveAsync(JsonElement body, SpaceRequest request, CancellationToken cancellationToken)
    {
        var query = CompatBody.Text(body, "query");
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new InvalidRequestException("query", "query is missing or blank. Give the question.");
        }

        var found = RetrieveResultJson.From(await request.Open(CompatBody.Ids(body)).RetrieveAsync(query, cancellationToken: cancellationToken));
        return Success(CompatFound.From(found));
    }

    private static async Task<IResult> ClearAsync(JsonElement body, HttpContext context, SpaceErasing erasing, CancellationToken cancellationToken)
    {
        var ids = CompatBody.Ids(body, blankIsMissing: true);
        if (ids is { User: null, Agent: null })
        {
            return Problem.Result(422, "invalid_request", "Give user_id, agent_id or both.", ScopeBinding.UserField);
        }

        // Both name one space; one alone names all that share it, within what the key reaches.
        var named = ScopeBinding.Of(context, ids);
        var caller = ScopeBinding.CallerOf(context);
        var spaces = await erasing.ListAsync(s => ScopeBinding.Reaches(caller, ids with { Tenant = named.Tenant }, s), cancellationToken);
        var rows = (await erasing.RunAsync([.. spaces.Append(named).Distinct()], progress: null, cancellationToken)).Spaces.Select(s => s.Rows).ToList();
        return Success(new CompatCleared(rows.Sum(r => r.Categories), rows.Sum(r => r.Items), rows.Sum(r => r.Resources)));
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
        return Success(new CompatCategories([.. categories.Select(c => new CompatCategory(c.Name, c.Description, c.Scope.User, c.Scope.Agent, c.Summary))]));
    }

    private static async Task<IResult> MemorizeAsync(JsonElement body, SpaceRequest request, LocalFiles files, CancellationToken cancellationToken)
    {
        var source = CompatBody.Conversation(body, "content");
        var done = MemorizeResultJson.From(await request.Open(CompatBody.Ids(body)).MemorizeAsync(
            source.ToRef(files), source.ToModality(), cancellationToken: cancellationToken));
        return Success(new CompatMemorized(done.Resource, done.Items, done.Categories, done.Relations));
    }

    private static IResult Success<T>(T result) => TypedResults.Json(new CompatAnswer<T>("success", result), ServerJson.Of<CompatAnswer<T>>());
}
