using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>The spaces that any part knows: those of the metadata, and those of which only vectors are left.</summary>
internal static class AllSpaces
{
    /// <summary>Those of the metadata come first.</summary>
    public static async Task<IReadOnlyList<MemoryScope>> ListAsync(
        IMemoryCatalog catalog, IVectorIndex index, FormerVectors? former, CancellationToken cancellationToken)
    {
        var spaces = await catalog.ListSpacesAsync(cancellationToken).ToListAsync(cancellationToken);
        var others = index is IKnowsSpaces knows ? await knows.ListSpacesAsync(cancellationToken) : [];
        var left = former is null ? [] : await former.ListSpacesAsync(cancellationToken);
        return [.. spaces.Union(others).Union(left)];
    }
}
