using MemU.Resources;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// The Python code kept copies of sources directly in the resources folder, by their base name; two users could share one. Those of an erased space go,
/// unless another space still names them.
/// </summary>
internal sealed class SeedCopies(IMemoryStore store, IMemoryCatalog catalog, IBlobStore blobs)
{
    private readonly HashSet<string> noted = new(StringComparer.Ordinal);

    private IReadOnlyList<string> Folders => (blobs as IDataPart)?.Locations ?? [];

    /// <summary>Remembers the copies that the space names.</summary>
    public async Task NoteAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await foreach (var path in CopiesOfAsync(scope, cancellationToken))
        {
            noted.Add(path);
        }
    }

    /// <summary>Removes the remembered copies that no space names now.</summary>
    public async Task RemoveUnusedAsync(CancellationToken cancellationToken)
    {
        if (noted.Count == 0)
        {
            return;
        }

        await foreach (var scope in catalog.ListSpacesAsync(cancellationToken))
        {
            await foreach (var path in CopiesOfAsync(scope, cancellationToken))
            {
                noted.Remove(path);
            }
        }

        foreach (var path in noted)
        {
            File.Delete(path);
        }
    }

    private async IAsyncEnumerable<string> CopiesOfAsync(MemoryScope scope, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var resource in StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), cancellationToken))
        {
            if (resource.ContentHash is null && resource.LocalPath.Length > 0 && !resource.LocalPath.Contains('\0') && IsCopy(Path.GetFullPath(resource.LocalPath)))
            {
                yield return Path.GetFullPath(resource.LocalPath);
            }
        }
    }

    // Only files that lie directly in the folder: whatever else a path names is not ours to remove.
    private bool IsCopy(string path) => Folders.Contains(Path.GetDirectoryName(path), StringComparer.Ordinal) && File.Exists(path);
}
