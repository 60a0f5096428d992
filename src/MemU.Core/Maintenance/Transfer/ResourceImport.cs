using MemU.Commit;
using MemU.Contracts;
using MemU.Resources;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// Brings in sources. One whose url the space knows already stays as it is: with the same content there is nothing to add, with other content nobody
/// can say which of the two is wanted. Notes by hand are the exception: those of the file are added to those of the space.
/// </summary>
internal sealed class ResourceImport(IMemoryStore store, IBlobStore blobs, ImportSpace space)
{
    /// <summary>What the batch means; puts blobs, and adds to <paramref name="newBlobs"/> those that were not there before.</summary>
    public async Task<ImportStep> PlanAsync(IReadOnlyList<ImportedResource> batch, List<string> newBlobs, CancellationToken cancellationToken)
    {
        List<ResourceWrite> writes = [];
        List<TextToEmbed> texts = [];
        long added = 0, addedBlobs = 0, unchanged = 0;
        foreach (var imported in batch)
        {
            var json = imported.Resource;
            space.Ids.Unmerge(json.Id);
            var existing = await store.GetResourceByUrlAsync(space.Scope, json.Url, cancellationToken);
            if (existing is not null)
            {
                unchanged++;
                Meet(json, existing);
                if (await MendedAsync(existing, imported, newBlobs, cancellationToken) is { } mended)
                {
                    writes.Add(new ResourceWrite(mended, Exists: true, existing.ContentHash));
                    addedBlobs++;
                }

                continue;
            }

            var blob = await PutAsync(imported, newBlobs, cancellationToken);
            var resource = json.ToModel(space.Scope) with { Id = space.Ids[json.Id], LocalPath = blob ?? await KnownPathAsync(json, cancellationToken) };
            writes.Add(new ResourceWrite(resource));
            texts.Add(TextToEmbed.Of(resource));
            added++;
            addedBlobs += blob is null ? 0 : 1;
        }

        return new ImportStep
        {
            Changes = new MemoryChanges { Resources = writes },
            Texts = texts,
            Added = new Dictionary<string, long> { [RecordTypes.Resource] = added, [RecordTypes.Blob] = addedBlobs },
            Unchanged = unchanged,
        };
    }

    private void Meet(ResourceJson json, Resource existing)
    {
        var id = space.Ids[json.Id];
        var isSame = json.ContentHash == existing.ContentHash;
        if (existing.Id != id)
        {
            space.Ids.Merge(json.Id, existing.Id);
        }

        space.LeftAlone.Remove(existing.Id);
        space.Tally.Conflicting.Remove(existing.Id);
        if (existing.Url == HandNotes.Url)
        {
            space.MergedNotes = isSame && existing.Id == id ? null : existing.Id;
        }
        else if (!isSame)
        {
            space.LeftAlone.Add(existing.Id);
            space.Tally.Conflicting.Add(existing.Id);
        }
        else if (existing.Id != id)
        {
            // Memorized here from the same bytes: its items are here, under ids of their own.
            space.LeftAlone.Add(existing.Id);
        }
    }

    /// <summary>The existing resource with the bytes that it lacks; null when it lacks none or the file has none.</summary>
    private async Task<Resource?> MendedAsync(Resource existing, ImportedResource imported, List<string> newBlobs, CancellationToken cancellationToken)
    {
        if (imported.Content is null || existing.ContentHash is null || existing.ContentHash != imported.Resource.ContentHash
            || await IsKeptAsync(existing.LocalPath, cancellationToken))
        {
            return null;
        }

        return existing with { LocalPath = (await PutAsync(imported, newBlobs, cancellationToken))!, Size = imported.Content.Length };
    }

    private async Task<string?> PutAsync(ImportedResource imported, List<string> newBlobs, CancellationToken cancellationToken)
    {
        if (imported.Content is not { } content)
        {
            return null;
        }

        var blob = await blobs.PutAsync(space.Scope, content.GetBuffer().AsMemory(0, (int)content.Length), imported.FileName, cancellationToken);
        if (blob.IsNew)
        {
            newBlobs.Add(blob.Key);
        }

        return blob.Key;
    }

    /// <summary>Without bytes in the file: a path of the Python code stays, a key stays if the space has the bytes.</summary>
    private async Task<string> KnownPathAsync(ResourceJson json, CancellationToken cancellationToken) =>
        json.ContentHash is null || await IsKeptAsync(json.LocalPath, cancellationToken) ? json.LocalPath : "";

    private async Task<bool> IsKeptAsync(string key, CancellationToken cancellationToken)
    {
        if (key.Length == 0)
        {
            return false;
        }

        await using var content = await blobs.OpenAsync(space.Scope, key, cancellationToken);
        return content is not null;
    }
}
