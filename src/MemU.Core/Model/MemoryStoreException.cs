namespace MemU;

/// <summary>A store, vector index or blob store could not do what was asked. Nothing was half-written.</summary>
public sealed class MemoryStoreException(string message, Exception? inner = null) : MemUException(message, inner)
{
    /// <summary>Which driver: <c>sqlite</c>, <c>vectors.json</c>, <c>local</c> …</summary>
    public required string Provider { get; init; }

    /// <summary>What it was doing: <c>open</c>, <c>commit</c>, <c>query</c> …</summary>
    public required string Operation { get; init; }

    /// <summary>True when trying again later may succeed.</summary>
    public bool IsTransient { get; init; }
}
