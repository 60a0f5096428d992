namespace MemU.Server.Jobs;

/// <summary>A page of jobs, newest first.</summary>
internal sealed record JobListJson(IReadOnlyList<JobJson> Jobs, string? NextCursor);
