namespace MemU.Vectors;

/// <summary>The answer to a <see cref="VectorQuery"/>.</summary>
/// <param name="Hits">Ids with their cosine (−1 to 1), best first; equal scores in order of id.</param>
/// <param name="Skipped">Entries of the collection that could not be compared: another dimension or another model.</param>
public sealed record VectorHits(IReadOnlyList<Scored<string>> Hits, int Skipped);
