namespace MemU.Retrieve;

/// <summary>A query and its vectors.</summary>
/// <param name="Query">The query.</param>
/// <param name="Vector">Its vector.</param>
/// <param name="Nameless">That of the query without the names of speakers; null where it names none.</param>
internal sealed record EmbeddedQuery(string Query, ReadOnlyMemory<float> Vector, ReadOnlyMemory<float>? Nameless);
