using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>The operator's view of the parts that hold the data. An index inside the metadata store has no part of its own.</summary>
/// <param name="Metadata">The truth.</param>
/// <param name="Vectors">Null when they are part of the metadata.</param>
/// <param name="Blobs">The bytes of the sources.</param>
internal sealed record DataParts(IDataPart Metadata, IDataPart? Vectors, IDataPart Blobs)
{
    /// <summary>Metadata first: whoever fails there has changed nothing else.</summary>
    public IReadOnlyList<IDataPart> All => Vectors is null ? [Metadata, Blobs] : [Metadata, Vectors, Blobs];

    /// <summary>Files and folders of all parts, absolute.</summary>
    public IReadOnlyList<string> Locations => [.. All.SelectMany(p => p.Locations).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];

    /// <exception cref="MemoryStoreException">A driver cannot be maintained.</exception>
    public static DataParts Of(IMemoryStore store, IVectorIndex index, IBlobStore blobs) => new(
        Part(store, store.Provider, "metadata"),
        index.IsPartOfStore ? null : Part(index, index.Provider, "vectors"),
        Part(blobs, blobs.Provider, "blobs"));

    private static IDataPart Part(object driver, string provider, string what) =>
        driver as IDataPart
        ?? throw new MemoryStoreException($"The provider '{provider}' of the {what} cannot be backed up, restored, reset or checked by MemU. Use the tools of that system.")
        {
            Provider = provider,
            Operation = "maintain",
        };
}
