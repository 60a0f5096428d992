using System.Globalization;
using System.Reflection;
using MemU.Contracts;
using MemU.Files;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// Copies everything into a new folder while others read and write. Blobs never change, so most of them are copied first; then commits are held back
/// while metadata, vectors and the blobs that came meanwhile are copied: the three belong to one moment. The folder gets its name when it is whole.
/// </summary>
internal sealed class BackupWriter(DataParts parts, IMemoryStore store, IMemoryCatalog catalog, TimeProvider time)
{
    private const string NoteBeginning = ".memu-backup-";

    public async Task<BackupReport> RunAsync(string folder, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(folder);
        RefuseInsideData(target);
        var now = time.GetUtcNow();
        var name = $"memu-{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        using var note = Begin(target);
        var work = PartialOf(target, note);
        try
        {
            Directory.CreateDirectory(work);
            var manifest = await WriteAsync(work, now, progress, cancellationToken);
            var final = Rename(work, target, name);
            return new BackupReport(final, now, manifest.Files.Count, manifest.Files.Sum(f => f.Size), manifest.Spaces);
        }
        catch (Exception e)
        {
            Discard(work, e);
            if (e is IOException or UnauthorizedAccessException or MemoryStoreException)
            {
                throw Failed(target, e);
            }

            throw;
        }
    }

    /// <summary>Leaves a note that tells this backup from one that died, and removes what dead ones left: it holds people's memories.</summary>
    private static HeldNote Begin(string target)
    {
        try
        {
            foreach (var left in HeldNote.TakeAbandoned(target, NoteBeginning))
            {
                Folders.Remove(PartialOf(target, left));
                left.Dispose();
            }

            return HeldNote.Leave(target, NoteBeginning);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(target, e);
        }
    }

    private static string PartialOf(string target, HeldNote note) => Path.Combine(target, note.Name + ".partial");

    private static MemoryStoreException Failed(string target, Exception e) =>
        new($"The backup into '{target}' failed and left nothing behind: {e.Message}", e)
        {
            Provider = "backup",
            Operation = "backup",
            IsTransient = e is MemoryStoreException { IsTransient: true },
        };

    private void RefuseInsideData(string target)
    {
        if (File.Exists(target))
        {
            throw new ArgumentException($"'{target}' is a file. Give a folder for the backup.", nameof(target));
        }

        if (parts.Locations.FirstOrDefault(location => Folders.IsWithin(target, location)) is { } inside)
        {
            throw new ArgumentException($"The backup cannot go into '{target}': that is part of the data ('{inside}'). Choose a folder outside.", nameof(target));
        }
    }

    private async Task<BackupManifest> WriteAsync(string work, DateTimeOffset now, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var copied = new ByteProgress(progress);
        string FolderOf(IDataPart part) => Directory.CreateDirectory(Path.Combine(work, part.PartName)).FullName;

        await parts.Blobs.BackUpAsync(FolderOf(parts.Blobs), copied.For("copy blobs"), cancellationToken);
        var spaces = 0;
        await using (await catalog.PauseWritesAsync(cancellationToken))
        {
            await parts.Metadata.BackUpAsync(FolderOf(parts.Metadata), copied.For("copy metadata"), cancellationToken);
            if (parts.Vectors is not null)
            {
                await parts.Vectors.BackUpAsync(FolderOf(parts.Vectors), copied.For("copy vectors"), cancellationToken);
            }

            await parts.Blobs.BackUpAsync(FolderOf(parts.Blobs), copied.For("copy blobs"), cancellationToken);
            if (parts.Keys is not null)
            {
                // After the metadata: a space gets its key before its first row.
                await parts.Keys.BackUpAsync(FolderOf(parts.Keys), copied.For("copy keys"), cancellationToken);
            }

            spaces = await DropUnusedBlobsAsync(Path.Combine(work, parts.Blobs.PartName), cancellationToken);
        }

        var manifest = new BackupManifest
        {
            Format = BackupManifest.FormatName,
            Version = BackupManifest.CurrentVersion,
            CreatedAt = MemUJson.ToEpoch(now),
            MemuVersion = typeof(BackupWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
            Parts = [.. parts.All.Select(p => p.PartName)],
            Spaces = spaces,
            Files = await BackupManifest.ListAsync(work, copied.For("checksum"), cancellationToken),
        };
        await manifest.WriteAsync(work, cancellationToken);
        return manifest;
    }

    // A blob whose source is being memorized is there before its row is: it is no part of this moment.
    private async Task<int> DropUnusedBlobsAsync(string folder, CancellationToken cancellationToken)
    {
        var strays = Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)).ToHashSet(StringComparer.Ordinal);
        var spaces = 0;
        await foreach (var scope in catalog.ListSpacesAsync(cancellationToken))
        {
            spaces++;
            if (!strays.Remove(scope.Key))
            {
                continue;
            }

            var used = await StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), cancellationToken)
                .Select(r => r.LocalPath).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
            foreach (var file in Directory.GetFiles(Path.Combine(folder, scope.Key)).Where(f => !used.Contains($"{scope.Key}/{Path.GetFileName(f)}")))
            {
                File.Delete(file);
            }
        }

        foreach (var stray in strays)
        {
            Folders.Remove(Path.Combine(folder, stray));
        }

        return spaces;
    }

    private static string Rename(string work, string target, string name)
    {
        for (var n = 1; ; n++)
        {
            var final = Path.Combine(target, n == 1 ? name : $"{name}-{n}");
            if (Path.Exists(final))
            {
                continue;
            }

            try
            {
                Directory.Move(work, final);
                return final;
            }
            catch (IOException) when (Path.Exists(final))
            {
                // Another backup of the same second was faster.
            }
        }
    }

    private static void Discard(string work, Exception reason)
    {
        try
        {
            Folders.Remove(work);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"The backup failed ({reason.Message}) and its unfinished folder '{work}' could not be removed ({e.Message}). Remove it by hand.", reason)
            {
                Provider = "backup",
                Operation = "backup",
            };
        }
    }
}
