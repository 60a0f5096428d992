using MemU.Resources;

namespace MemU.Memorize;

/// <summary>What became of one source of a batch: a result or an error.</summary>
public sealed record BatchEntry(ResourceRef Source, MemorizeResult? Result, Exception? Error);
