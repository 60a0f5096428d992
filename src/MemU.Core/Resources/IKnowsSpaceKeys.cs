namespace MemU.Resources;

/// <summary>A blob store that can tell of which spaces it holds bytes, for the operator: bytes may be left of spaces that the metadata no longer knows.</summary>
internal interface IKnowsSpaceKeys
{
    /// <summary>The <see cref="MemoryScope.Key"/> of every space that has a blob.</summary>
    IReadOnlyList<string> SpaceKeys { get; }
}
