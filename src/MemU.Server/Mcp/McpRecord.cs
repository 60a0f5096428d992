namespace MemU.Server.Mcp;

/// <summary>One record, whatever its kind.</summary>
internal sealed record McpRecord
{
    public required string Kind { get; init; }

    public McpItem? Item { get; init; }

    public McpCategory? Category { get; init; }

    public McpResource? Resource { get; init; }

    public McpPassage? Passage { get; init; }
}
