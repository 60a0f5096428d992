using MemU.Contracts;

namespace MemU.Server.Jobs;

/// <summary>A job in JSON.</summary>
internal sealed record JobJson
{
    public required string Id { get; init; }

    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    public required string AgentId { get; init; }

    /// <summary>pending, running, completed, failed or canceled.</summary>
    public required JobState State { get; init; }

    /// <summary>fetch, read, segment, extract, summarize, embed or commit, while this server is working on it.</summary>
    public string? Stage { get; init; }

    public required int Attempts { get; init; }

    public required double CreatedAt { get; init; }

    public double? StartedAt { get; init; }

    public double? FinishedAt { get; init; }

    public JobResultJson? Result { get; init; }

    public ErrorBodyJson? Error { get; init; }

    public static JobJson From(Job job, string? stage) => new()
    {
        Id = job.Id, TenantId = job.Scope.Tenant, UserId = job.Scope.User, AgentId = job.Scope.Agent, State = job.State, Stage = job.State == JobState.Running ? stage : null,
        Attempts = job.Attempts, CreatedAt = MemUJson.ToEpoch(job.CreatedAt), StartedAt = job.StartedAt is { } s ? MemUJson.ToEpoch(s) : null,
        FinishedAt = job.FinishedAt is { } f ? MemUJson.ToEpoch(f) : null, Result = job.Outcome is { } outcome ? new JobResultJson(outcome, job.ResourceId) : null,
        Error = job.ErrorKind is { } kind ? new ErrorBodyJson(kind, job.ErrorMessage ?? "") : null,
    };
}
