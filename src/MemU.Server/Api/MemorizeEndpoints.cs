using MemU.Contracts;
using MemU.Memorize;
using MemU.Server.Auth;
using MemU.Server.Ingest;
using MemU.Server.Jobs;
using MemU.Server.Telemetry;
using MemU.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemU.Server.Api;

/// <summary>Sources come in.</summary>
internal static class MemorizeEndpoints
{
    private const int MostSources = 100;

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapPost("/memorize", MemorizeAsync).Needs(KeyRights.Write).WithName("memorize")
            .WithSummary("Memorizes a URL, a text, messages or an uploaded file.")
            .WithDescription("The same content again adds nothing; changed content of the same source replaces its items. With wait=false the answer is a job, and Idempotency-Key makes sure that it is one job however often it is sent.")
            .Produces<MemorizeResultJson>().Produces<JobJson>(202).ProducesProblem(429)
            .Accepts<MemorizeRequest>("application/json", "multipart/form-data");
        v1.MapPost("/memorize/batch", BatchAsync).Needs(KeyRights.Write).WithName("memorize_batch")
            .WithSummary("Memorizes several sources. One that fails does not stop the others.");
    }

    private static async Task<IResult> MemorizeAsync(
        SpaceRequest request, SourceIntake intake, LocalFiles files, JobIntake jobs, MemoryMeter meter, CancellationToken cancellationToken, bool wait = true)
    {
        var (source, ids) = await intake.ReadAsync(request.Context.Request, cancellationToken);
        var space = request.Open(ids);
        if (!wait)
        {
            var job = await jobs.AddAsync(request.Context, space.Scope, source, cancellationToken);
            return TypedResults.Accepted($"/v1/jobs/{job.Id}", JobJson.From(job, stage: null));
        }

        var result = await space.MemorizeAsync(source.ToRef(files), source.ToModality(), progress: meter.Stages(), cancellationToken: cancellationToken);
        meter.Used(result.Usage);
        return TypedResults.Ok(MemorizeResultJson.From(result));
    }

    private static async Task<Ok<BatchResultJson>> BatchAsync(
        MemorizeBatchRequest batch, SpaceRequest request, LocalFiles files, MemoryMeter meter, CancellationToken cancellationToken)
    {
        if (batch.Sources is not { Count: >= 1 and <= MostSources })
        {
            throw new InvalidRequestException("sources", $"sources must hold 1 to {MostSources} sources.");
        }

        var space = request.Open(batch.Ids);
        List<SourceToMemorize> sources = [];
        foreach (var (source, index) in batch.Sources.Select((s, i) => (s, i)))
        {
            try
            {
                var incoming = (source ?? throw new InvalidRequestException("", "The source is null.")).ToSource();
                sources.Add(new SourceToMemorize(incoming.ToRef(files), incoming.ToModality()));
            }
            catch (InvalidRequestException e)
            {
                throw new InvalidRequestException($"sources[{index}].{e.Field}".TrimEnd('.'), e.Message);
            }
        }

        var entries = await space.MemorizeManyAsync(sources, cancellationToken: cancellationToken);
        foreach (var entry in entries.Where(e => e.Result is not null))
        {
            meter.Used(entry.Result!.Usage);
        }

        return TypedResults.Ok(new BatchResultJson([.. entries.Select(Entry)]));
    }

    private static BatchEntryJson Entry(BatchEntry entry) => new()
    {
        Source = entry.Source.DisplayName,
        Status = entry.Result?.Outcome.ToString().ToLowerInvariant() ?? "failed",
        Result = entry.Result is { } result ? MemorizeResultJson.From(result) : null,
        Error = entry.Error is { } error ? ErrorBodyJson.From(error) : null,
    };
}
