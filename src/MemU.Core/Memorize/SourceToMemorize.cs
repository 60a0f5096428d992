using MemU.Resources;

namespace MemU.Memorize;

/// <summary>One source of a batch.</summary>
/// <param name="Source">The source.</param>
/// <param name="Modality">Its modality; null to guess from name and content.</param>
public sealed record SourceToMemorize(ResourceRef Source, Modality? Modality = null);
