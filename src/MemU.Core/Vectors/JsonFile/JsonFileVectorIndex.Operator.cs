using System.Runtime.CompilerServices;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>The operator's view of the file.</summary>
internal sealed partial class JsonFileVectorIndex
{
    private const string BackupName = "vectors.json";

    public string PartName => "vectors";

    public IReadOnlyList<string> Locations => [file.Path];

    public async Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        if (!Path.Exists(file.Path))
        {
            return false;
        }

        try
        {
            var content = await file.ReadAsync(cancellationToken);
            return content.Members.Any(m => m.Entries is null or { Count: > 0 });
        }
        catch (MemoryStoreException)
        {
            // What cannot be read may still be of worth to somebody.
            return true;
        }
    }

    public async Task<IReadOnlyList<MemoryScope>> ListSpacesAsync(CancellationToken cancellationToken) =>
        [.. (await file.ReadAsync(cancellationToken)).Collections.SelectMany(c => c.Entries.Values).Select(e => e.Scope).OfType<MemoryScope>().Distinct()];

    public async Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        await file.Guarded("backup", async () =>
        {
            // A file that is in place is never changed, only replaced: an open one stays what it was, without holding back writers.
            if (FileIdentity.At(file.Target).Exists)
            {
                var copy = Path.Combine(folder, BackupName);
                await using var source = Open(file.Target);
                await AtomicFile.WriteAsync(copy, copy + ".tmp", (target, token) => CopyAsync(source, target, bytesCopied, token), cancellationToken);
                await CheckCopyAsync(copy, cancellationToken);
            }

            return true;
        });

    public async Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(folder, BackupName);
        var exists = await new VectorFile(copy, TimeProvider.System).Guarded("restore", async () =>
        {
            // Damaged backups are found before anything is replaced.
            await VectorFile.LoadAsync(copy, cancellationToken);
            return Directory.Exists(folder) ? FileIdentity.At(copy).Exists : throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        });
        if (!exists)
        {
            await ResetAsync(cancellationToken);
            return;
        }

        await file.LockedAsync(
            "restore",
            async taken =>
            {
                await using var source = Open(copy);
                await file.ReplaceAsync(taken, (target, token) => CopyAsync(source, target, bytesCopied, token), cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Directory.Exists(Path.GetDirectoryName(file.Target)))
        {
            return;
        }

        await file.LockedAsync(
            "reset",
            taken =>
            {
                File.Delete(file.Target);
                File.Delete(file.TemporaryPath);
                if (!OperatingSystem.IsWindows())
                {
                    // Those who wait for it notice that it is gone and make a new one. Windows keeps an open file.
                    File.Delete(file.LockPath);
                }

                FolderFlush.Run(Path.GetDirectoryName(file.Target)!);
                return Task.FromResult(true);
            },
            cancellationToken);
    }

    public async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        VectorFileContent? content = null;
        Finding? damage = null;
        try
        {
            content = await file.ReadAsync(cancellationToken);
        }
        catch (MemoryStoreException e)
        {
            damage = new Finding(FindingSeverity.Error, "damaged-vectors", e.Message, VectorFileFault.Mend);
        }

        if (damage is not null)
        {
            yield return damage;
            yield break;
        }

        foreach (var finding in VectorFileCheck.Run(content!))
        {
            yield return finding;
        }

        if (File.Exists(file.TemporaryPath))
        {
            yield return new Finding(
                FindingSeverity.Info, "leftover-temporary", $"'{file.TemporaryPath}' is being written, or was left by a process that died.", "Nothing to do: the next write takes it over.");
        }
    }

    private static async Task CheckCopyAsync(string copy, CancellationToken cancellationToken)
    {
        try
        {
            await VectorFile.LoadAsync(copy, cancellationToken);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task CopyAsync(FileStream source, FileStream target, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            bytesCopied?.Report(target.Position);
        }
    }
}
