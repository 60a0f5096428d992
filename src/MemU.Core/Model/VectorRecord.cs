namespace MemU;

/// <summary>One embedding: what it stands for, the vector, the embedded text and the model that made it.</summary>
public sealed record VectorRecord
{
    /// <summary>One of <see cref="VectorCollections"/>.</summary>
    public required string Collection { get; init; }

    /// <summary>The id of the resource, item, category or passage.</summary>
    public required string Id { get; init; }

    /// <summary>The embedding; any length above 0, finite numbers, not necessarily normalised.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>The text that was embedded; null when unknown.</summary>
    public string? Text { get; init; }

    /// <summary>The name of the embedding model; null when unknown (written by the Python code).</summary>
    public string? Model { get; init; }
}
