namespace MemU.Server.Jobs;

/// <summary>What a job left: read the resource for the rest.</summary>
internal sealed record JobResultJson(string Outcome, string? ResourceId);
