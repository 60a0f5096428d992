using MemU.Resources;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>Compares the records of a space with each other and with the kept bytes.</summary>
internal sealed class RecordCheck(IMemoryStore store, IBlobStore blobs, Defects defects)
{
    /// <summary>Kept files that were looked at.</summary>
    public long Blobs { get; private set; }

    public async Task RunAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await CheckBlobsAsync(scope, cancellationToken);
        await CheckItemsAsync(scope, cancellationToken);
    }

    private async Task CheckBlobsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var kept = await blobs.ListAsync(scope, cancellationToken).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var unused = new HashSet<string>(kept, StringComparer.Ordinal);
        Blobs += kept.Count;
        await foreach (var resource in StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), cancellationToken))
        {
            if (resource.ContentHash is null && resource.LocalPath.Length > 0)
            {
                defects.Add(
                    FindingSeverity.Info, "python-path", "sources were stored by the Python code under paths of its own; their bytes are no part of backups and exports",
                    "Nothing has to be done. Memorize such a source again to keep its bytes here.", resource.Id);
            }
            else if (resource.LocalPath.Length > 0 && !kept.Contains(resource.LocalPath))
            {
                defects.Add(
                    FindingSeverity.Error, "missing-blob", "sources have lost their bytes",
                    "Restore a backup that holds them (`memu restore DIR --yes`), or import an export of the space; else delete the source and memorize it again.", resource.Id);
            }

            unused.Remove(resource.LocalPath);
        }

        unused.ExceptWith(await blobs.ListDoubtfulAsync(scope, cancellationToken));
        foreach (var key in unused.Order(StringComparer.Ordinal))
        {
            defects.Add(
                FindingSeverity.Warning, "orphan-blob", "kept files belong to no source",
                "Remove these files from the resources folder.", key);
        }
    }

    private async Task CheckItemsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        const string Remedy = "They still answer. Delete them with `memu delete` if they are of no use, or memorize their source again.";
        await foreach (var items in StorePaging.AllAsync((page, token) => store.ListItemsAsync(scope, ItemFilter.All, page, token), cancellationToken)
            .Chunk(RecordTexts.PageSize).WithCancellation(cancellationToken))
        {
            var passages = (await store.GetPassagesAsync(scope, [.. items.SelectMany(i => i.PassageIds).Distinct()], cancellationToken)).Select(p => p.Id).ToHashSet();
            foreach (var item in items.Where(i => i.PassageIds.Any(p => !passages.Contains(p))))
            {
                defects.Add(FindingSeverity.Warning, "missing-passage", "items name passages that are gone", Remedy, item.Id);
            }
        }
    }
}
