namespace MemU.Vectors;

/// <summary>A nearest-neighbour question.</summary>
/// <param name="Collection">One of <see cref="VectorCollections"/>.</param>
/// <param name="Vector">The query; compared by cosine with entries of the same length.</param>
/// <param name="TopK">How many hits at most, from 1.</param>
/// <param name="Model">
/// The embedding model of the query; entries of another named model are skipped, entries that name none are compared. Null compares all.
/// </param>
public sealed record VectorQuery(string Collection, ReadOnlyMemory<float> Vector, int TopK, string? Model = null);
