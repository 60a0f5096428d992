namespace MemU.Server.Mcp;

/// <summary>Kinds of records.</summary>
internal enum McpKind
{
    /// <summary>Single memories.</summary>
    Items,

    /// <summary>Topic pages.</summary>
    Categories,

    /// <summary>Sources.</summary>
    Resources,

    /// <summary>What was said.</summary>
    Passages,
}
