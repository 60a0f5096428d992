namespace MemU.Server.Api;

/// <summary>How far a conversation is that was accepted.</summary>
internal sealed record CompatTask(string TaskId, string Status, string Detail);
