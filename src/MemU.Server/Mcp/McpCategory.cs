namespace MemU.Server.Mcp;

/// <summary>One topic page.</summary>
internal sealed record McpCategory(string Id, string Name, string Description, string? Summary, double? Score)
{
    public static McpCategory From(MemoryCategory c, double? score) => new(c.Id, c.Name, c.Description, c.Summary, score);
}
