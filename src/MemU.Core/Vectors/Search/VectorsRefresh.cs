namespace MemU.Vectors;

/// <summary>Brings vectors up to date from the medium.</summary>
/// <param name="vectors">What is held; empty when <paramref name="held"/> is null. Changes go in by one <see cref="SpaceVectors.Apply"/> where possible.</param>
/// <param name="held">The version they have; null when nothing was read yet or another epoch began.</param>
/// <param name="cancellationToken">Cancels reading.</param>
/// <returns>
/// The version they have now, which may be later than the one asked for; null when what is held cannot be brought up to date, and must be read from the start.
/// </returns>
internal delegate ValueTask<VectorsVersion?> VectorsRefresh(SpaceVectors vectors, VectorsVersion? held, CancellationToken cancellationToken);
