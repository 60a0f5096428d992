namespace MemU.Server.Mcp;

/// <summary>What was forgotten.</summary>
internal sealed record McpForgotten(string Kind, string Id);
