namespace MemU.Server.Mcp;

/// <summary>What was said, word for word.</summary>
internal sealed record McpPassage(string Id, string ResourceId, string? Role, string Text, DateTimeOffset? HappenedAt, double? Score)
{
    public static McpPassage From(Passage p, double? score) => new(p.Id, p.ResourceId, p.Role, p.Text, p.HappenedAt, score);
}
