using System.Runtime.CompilerServices;
using MemU.Server.Api;
using MemU.Server.Auth;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MemU.Server.Jobs;

/// <summary>What was accepted and is done later.</summary>
internal static class JobEndpoints
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/jobs", ListAsync).Needs(KeyRights.Read).WithName("list_jobs").WithSummary("Jobs of the space, newest first.");
        v1.MapGet("/jobs/{id}", GetAsync).Needs(KeyRights.Read).WithName("get_job").WithSummary("One job.").Produces<JobJson>();
        v1.MapGet("/jobs/{id}/events", EventsAsync).Needs(KeyRights.Read).WithName("watch_job")
            .WithSummary("The job as server-sent events: one at every change, the last when it has ended.").Produces<JobJson>(200, "text/event-stream");
        v1.MapPost("/jobs/{id}/cancel", CancelAsync).Needs(KeyRights.Write).WithName("cancel_job")
            .WithSummary("Cancels a job; what has ended stays as it is.").Produces<JobJson>();
    }

    private static async Task<Ok<JobListJson>> ListAsync(
        SpaceRequest request, [AsParameters] Paging paging, JobStore jobs, JobRunner runner, CancellationToken cancellationToken, [FromQuery(Name = "state")] string? state = null)
    {
        JobState? wanted = state is null ? null
            : Enum.TryParse<JobState>(state, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && state.All(char.IsAsciiLetter) ? parsed
            : throw new InvalidRequestException("state", "state is pending, running, completed, failed or canceled.");
        var page = paging.ToPage();
        var found = await jobs.ListAsync(request.Open().Scope, wanted, page.Cursor, page.Limit, cancellationToken);
        return TypedResults.Ok(new JobListJson([.. found.Select(j => JobJson.From(j, runner.StageOf(j.Id)))], found.Count == page.Limit ? found[^1].Id : null));
    }

    private static async Task<IResult> GetAsync(string id, SpaceRequest request, JobStore jobs, JobRunner runner, CancellationToken cancellationToken) =>
        await OfSpaceAsync(id, request, jobs, cancellationToken) is { } job ? TypedResults.Ok(JobJson.From(job, runner.StageOf(id))) : Problem.NotFound("job");

    private static async Task<IResult> CancelAsync(string id, SpaceRequest request, JobStore jobs, JobRunner runner, CancellationToken cancellationToken)
    {
        if (await OfSpaceAsync(id, request, jobs, cancellationToken) is null)
        {
            return Problem.NotFound("job");
        }

        await jobs.CancelAsync(id, cancellationToken);
        return await jobs.GetAsync(id, cancellationToken) is { } job ? TypedResults.Ok(JobJson.From(job, runner.StageOf(id))) : Problem.NotFound("job");
    }

    private static async Task<IResult> EventsAsync(
        string id, SpaceRequest request, JobStore jobs, JobRunner runner, TimeProvider time, CancellationToken cancellationToken) =>
        await OfSpaceAsync(id, request, jobs, cancellationToken) is { } job
            ? TypedResults.ServerSentEvents(WatchAsync(job, jobs, runner, time, cancellationToken), eventType: "job")
            : Problem.NotFound("job");

    private static async IAsyncEnumerable<JobJson> WatchAsync(
        Job job, JobStore jobs, JobRunner runner, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobJson? told = null;
        for (var current = job; current is not null; current = await jobs.GetAsync(job.Id, cancellationToken))
        {
            var now = JobJson.From(current, runner.StageOf(job.Id));
            if (now != told)
            {
                yield return told = now;
            }

            if (current.HasEnded)
            {
                yield break;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static async Task<Job?> OfSpaceAsync(string id, SpaceRequest request, JobStore jobs, CancellationToken cancellationToken)
    {
        var scope = request.Open().Scope;
        return await jobs.GetAsync(id, cancellationToken) is { } job && job.Scope == scope ? job : null;
    }
}
