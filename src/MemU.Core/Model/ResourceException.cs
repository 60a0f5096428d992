namespace MemU;

/// <summary>A source could not be fetched or read.</summary>
public sealed class ResourceException(string message, Exception? inner = null) : MemUException(message, inner)
{
    /// <summary>The path or URL.</summary>
    public required string ResourceUrl { get; init; }
}
