namespace MemU.Server.Jobs;

/// <summary>A memorize that was accepted and is done later. It keeps the source until it has ended, and never the memories.</summary>
internal sealed record Job
{
    /// <summary><c>memorize-</c> and 32 hexadecimal digits that sort by time.</summary>
    public required string Id { get; init; }

    public required MemoryScope Scope { get; init; }

    public required JobState State { get; init; }

    public required int Attempts { get; init; }

    /// <summary>The erasure mark of when it was accepted: it stores nothing in a space that was erased since. Null for a job of an earlier version.</summary>
    public long? ErasureMark { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public bool CancelAsked { get; init; }

    public string? ErrorKind { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary><c>added</c>, <c>unchanged</c> or <c>replaced</c>.</summary>
    public string? Outcome { get; init; }

    public string? ResourceId { get; init; }

    public bool HasEnded => State is JobState.Completed or JobState.Failed or JobState.Canceled;
}
