namespace MemU.Server.Mcp;

/// <summary>One memory, as short as a model needs it.</summary>
internal sealed record McpItem(string Id, string MemoryType, string Summary, DateTimeOffset? HappenedAt, double? Score)
{
    public static McpItem From(MemoryItem i, double? score) => new(i.Id, i.MemoryType, i.Summary, i.HappenedAt, score);
}
