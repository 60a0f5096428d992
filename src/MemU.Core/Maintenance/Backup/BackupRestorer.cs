using MemU.Commit;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// Puts a verified backup in the place of all data. Each part replaces itself as a whole; when a later one fails, the earlier ones go back to what they
/// were. Blobs come last: nothing has to be kept aside for them.
/// </summary>
internal sealed class BackupRestorer(DataParts parts, IMemoryStore store, IMemoryCatalog catalog, SpaceWriter writer)
{
    public async Task<BackupReport> RunAsync(string folder, bool overwrite, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var source = Path.GetFullPath(folder);
        if (parts.Locations.FirstOrDefault(location => Folders.IsWithin(source, location)) is { } inside)
        {
            throw new ArgumentException($"The backup '{source}' lies inside the data that it would replace ('{inside}'). Move it outside first.", nameof(folder));
        }

        var manifest = await BackupVerifier.VerifyAsync(source, parts, progress, cancellationToken);
        var occupied = await OccupiedAsync(cancellationToken);
        if (occupied.Count > 0 && !overwrite)
        {
            throw new DataPresentException(
                $"There is data already: {string.Join(", ", occupied.Select(Describe))}. A restore replaces all of it. "
                + $"To do so say it explicitly: `memu restore {source} --yes`. Nothing was changed.");
        }

        var size = manifest.Files.Sum(f => f.Size);
        using var undertaking = await catalog.BeginReplacingAsync($"memu restore {source} --yes", cancellationToken);
        Dictionary<string, DateTimeOffset> erased;
        string aside;
        try
        {
            erased = await ErasedAsync(occupied, cancellationToken);
            aside = AsideFolder();
        }
        catch
        {
            undertaking.Undone();
            throw;
        }

        try
        {
            await ReplaceAsync(source, aside, occupied, undertaking, new ByteProgress(progress, size), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"The backup '{source}' could not be restored: {e.Message} What was there is as it was.", e)
            {
                Provider = "backup",
                Operation = "restore",
            };
        }

        await FinishAsync(cancellationToken);
        undertaking.Done();
        return new BackupReport(source, MemUJson.FromEpoch(manifest.CreatedAt), manifest.Files.Count, size, manifest.Spaces)
        {
            Warnings = await BroughtBackAsync(erased, cancellationToken),
        };
    }

    /// <summary>The keys of the spaces that were erased so far, with the time; none when the data cannot be read, which is why people restore.</summary>
    private async Task<Dictionary<string, DateTimeOffset>> ErasedAsync(HashSet<IDataPart> occupied, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.ListErasuresAsync(cancellationToken).GroupBy(e => e.SpaceKey).ToDictionaryAsync(g => g.Key, g => g.Max(e => e.ErasedAt), cancellationToken: cancellationToken);
        }
        catch (MemoryStoreException) when (occupied.Contains(parts.Metadata))
        {
            return [];
        }
    }

    /// <summary>A backup that is older than an erasure brings the erased back: whoever restores it must know.</summary>
    private async Task<IReadOnlyList<string>> BroughtBackAsync(Dictionary<string, DateTimeOffset> erased, CancellationToken cancellationToken)
    {
        var known = await catalog.ListErasuresAsync(cancellationToken).Select(e => (e.SpaceKey, e.ErasedAt)).ToHashSetAsync(cancellationToken: cancellationToken);
        return await catalog.ListSpacesAsync(cancellationToken)
            .Where(scope => erased.TryGetValue(scope.Key, out var at) && !known.Contains((scope.Key, at)))
            .Select(scope => $"The backup is older than the erasure of {scope}, and brought it back. Erase it again: memu delete --space with its --user, --agent and --tenant.")
            .ToListAsync(cancellationToken);
    }

    private async Task<HashSet<IDataPart>> OccupiedAsync(CancellationToken cancellationToken)
    {
        HashSet<IDataPart> occupied = [];
        foreach (var part in parts.All)
        {
            if (await part.HasDataAsync(cancellationToken))
            {
                occupied.Add(part);
            }
        }

        return occupied;
    }

    private static string Describe(IDataPart part) => part.Locations.Count == 0 ? part.PartName : $"{part.PartName} in {string.Join(" and ", part.Locations.Select(l => $"'{l}'"))}";

    private async Task ReplaceAsync(
        string source, string aside, HashSet<IDataPart> occupied, IUndertaking undertaking, ByteProgress bytes, CancellationToken cancellationToken)
    {
        var before = parts.Locations.Where(Path.Exists).ToHashSet(StringComparer.Ordinal);
        Stack<IDataPart> touched = [];
        Dictionary<IDataPart, string> kept = [];
        try
        {
            foreach (var part in parts.InOrderOfRestore)
            {
                if (part != parts.Blobs && occupied.Contains(part) && await KeepAsync(part, aside, cancellationToken) is { } copy)
                {
                    kept[part] = copy;
                }

                touched.Push(part);
                await part.RestoreAsync(Path.Combine(source, part.PartName), bytes.For($"restore {part.PartName}"), cancellationToken);
            }
        }
        catch (Exception reason)
        {
            foreach (var part in touched)
            {
                await PutBackAsync(part, occupied.Contains(part), kept.GetValueOrDefault(part), before, reason);
            }

            undertaking.Undone();
            throw;
        }
        finally
        {
            Folders.Remove(aside);
        }
    }

    private static async Task PutBackAsync(IDataPart part, bool wasOccupied, string? copy, HashSet<string> before, Exception reason)
    {
        try
        {
            if (copy is not null)
            {
                await part.RestoreAsync(copy, null, CancellationToken.None);
            }
            else if (!wasOccupied)
            {
                // A full disk may be the reason: removing a file needs no room.
                foreach (var file in part.Locations.Where(l => !before.Contains(l) && File.Exists(l)))
                {
                    File.Delete(file);
                }

                await part.ResetAsync(CancellationToken.None);
            }
        }
        catch (Exception e) when (e is MemoryStoreException or IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException(
                $"The restore failed ({reason.Message}), and the {part.PartName} could not be put back as they were ({e.Message}). Mend the cause and restore again.", reason)
            {
                Provider = "backup",
                Operation = "restore",
            };
        }
    }

    // Beside the data: there the rights and the space are most likely to be had.
    private string AsideFolder()
    {
        const string Mark = ".before-restore-";
        if (parts.Metadata.Locations.FirstOrDefault(l => Directory.Exists(Path.GetDirectoryName(l))) is not { } data)
        {
            return Path.Combine(Path.GetTempPath(), "memu") + Mark + Path.GetRandomFileName();
        }

        // Only one process restores at a time: what another put aside here was left when it died.
        foreach (var left in Directory.GetDirectories(Path.GetDirectoryName(data)!, Path.GetFileName(data) + Mark + "*"))
        {
            Folders.Remove(left);
        }

        return data + Mark + Path.GetRandomFileName();
    }

    /// <summary>A copy of the part to go back to; null when what is there cannot be read, which is why people restore.</summary>
    private static async Task<string?> KeepAsync(IDataPart part, string aside, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(aside, part.PartName);
        Directory.CreateDirectory(folder);
        try
        {
            await part.BackUpAsync(folder, null, cancellationToken);
            return folder;
        }
        catch (MemoryStoreException e) when (!e.IsTransient)
        {
            return null;
        }
    }

    /// <summary>A backup may come from an earlier version, and between a commit and its delivery.</summary>
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        await catalog.MigrateAsync(cancellationToken);
        var scopes = await catalog.ListSpacesAsync(cancellationToken).ToListAsync(cancellationToken);
        foreach (var scope in scopes)
        {
            if (parts.Vectors is not null && (await store.GetStatisticsAsync(scope, cancellationToken)).OwedVectors > 0)
            {
                await writer.DeliverOwedAsync(scope, cancellationToken);
            }
        }
    }
}
