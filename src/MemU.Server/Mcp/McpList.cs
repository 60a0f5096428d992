namespace MemU.Server.Mcp;

/// <summary>A page of records of one kind.</summary>
internal sealed record McpList
{
    public IReadOnlyList<McpItem>? Items { get; init; }

    public IReadOnlyList<McpCategory>? Categories { get; init; }

    public IReadOnlyList<McpResource>? Resources { get; init; }

    public IReadOnlyList<McpPassage>? Passages { get; init; }

    public string? NextCursor { get; init; }
}
