using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>The operator's view of the parts that hold the data. An index inside the metadata store has no part of its own.</summary>
/// <param name="Metadata">The truth.</param>
/// <param name="Vectors">Null when they are part of the metadata.</param>
/// <param name="Blobs">The bytes of the sources.</param>
/// <param name="Keys">The keys of the spaces; null when nothing is encrypted.</param>
internal sealed record DataParts(IDataPart Metadata, IDataPart? Vectors, IDataPart Blobs, IDataPart? Keys)
{
    /// <summary>Metadata first: whoever fails there has changed nothing else. Keys last: what is left of a reset that failed can still be told from plain data.</summary>
    public IReadOnlyList<IDataPart> All => [Metadata, .. Optional(Vectors), Blobs, .. Optional(Keys)];

    /// <summary>The order of a restore. Keys first: they are refused when the master key does not fit, before anything is changed.</summary>
    public IReadOnlyList<IDataPart> InOrderOfRestore => [.. Optional(Keys), .. All.Where(p => p != Keys)];

    /// <summary>Files and folders of all parts, absolute.</summary>
    public IReadOnlyList<string> Locations => [.. All.SelectMany(p => p.Locations).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];

    /// <exception cref="MemoryStoreException">A driver cannot be maintained.</exception>
    public static DataParts Of(IMemoryStore store, IVectorIndex index, IBlobStore blobs, IDataPart? keys) => new(
        Part(store, store.Provider, "metadata"),
        index.IsPartOfStore ? null : Part(index, index.Provider, "vectors"),
        Part(blobs, blobs.Provider, "blobs"),
        keys);

    private static IEnumerable<IDataPart> Optional(IDataPart? part) => part is null ? [] : [part];

    private static IDataPart Part(object driver, string provider, string what) =>
        driver as IDataPart
        ?? throw new MemoryStoreException($"The provider '{provider}' of the {what} cannot be backed up, restored, reset or checked by MemU. Use the tools of that system.")
        {
            Provider = provider,
            Operation = "maintain",
        };
}
