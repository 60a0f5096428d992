namespace MemU.Vectors;

/// <summary>What to change in the vectors of one space. Removals first.</summary>
public sealed record VectorChanges
{
    /// <summary>Entries to remove; unknown ones are ignored.</summary>
    public IReadOnlyList<(string Collection, string Id)> Removed { get; init; } = [];

    /// <summary>Entries to insert or replace.</summary>
    public IReadOnlyList<VectorRecord> Upserted { get; init; } = [];
}
