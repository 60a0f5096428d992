namespace MemU.Server.Api;

/// <summary>A category as the older playground shows it.</summary>
internal sealed record CompatCategory(string Name, string Description, string UserId, string AgentId, string? Summary);
