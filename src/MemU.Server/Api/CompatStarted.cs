namespace MemU.Server.Api;

/// <summary>A conversation that was accepted.</summary>
internal sealed record CompatStarted(string TaskId, string Status, string Message);
