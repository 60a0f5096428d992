namespace MemU.Storage;

/// <summary>A vector write that was committed with the metadata and that the vector index has not confirmed yet.</summary>
/// <param name="Sequence">Its place in the order of commits; a later one for the same id wins.</param>
/// <param name="Collection">One of <see cref="VectorCollections"/>.</param>
/// <param name="Id">The id in the collection.</param>
/// <param name="Record">The vector to write; null when the entry is to be removed.</param>
/// <param name="Epoch">Of the space when it was listed (<see cref="SpaceVersion"/>): in another one the same sequence may be another debt.</param>
public sealed record OwedVector(long Sequence, string Collection, string Id, VectorRecord? Record, long Epoch = 0);
