namespace MemU.Vectors;

/// <summary>An index that can tell whose entries it holds, for the operator: entries may be left of spaces that the metadata no longer knows.</summary>
internal interface IKnowsSpaces
{
    /// <summary>Every space that has an entry.</summary>
    Task<IReadOnlyList<MemoryScope>> ListSpacesAsync(CancellationToken cancellationToken);
}
