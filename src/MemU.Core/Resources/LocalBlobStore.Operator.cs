using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MemU.Files;

namespace MemU.Resources;

/// <summary>The operator's view of the blobs.</summary>
internal sealed partial class LocalBlobStore
{
    public string PartName => "blobs";

    public IReadOnlyList<string> Locations => [root];

    public IReadOnlyList<string> SpaceKeys => [.. SpaceFolders().Where(space => NamesIn(space).Where(BlobName.IsBlob).Except(DoubtfulIn(space)).Any())];

    /// <inheritdoc />
    public Task<string?> FindCommittedAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(SpaceKeys.Count > 0 ? root : null);
    }

    public Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(AllKeys().Any());
    }

    public async Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var copy = new LocalBlobStore(folder);
        var total = 0L;
        foreach (var key in AllKeys())
        {
            if (!File.Exists(copy.PathOf(key)))
            {
                total += await CopyAsync("backup", PathOf(key), copy.PathOf(key), cancellationToken);
                bytesCopied?.Report(total);
            }
        }
    }

    public async Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new MemoryStoreException($"There is no folder '{folder}' to restore sources from. Give a complete backup.") { Provider = Provider, Operation = "restore" };
        }

        // What another restore had begun when it died.
        foreach (var space in SpaceFolders())
        {
            RemoveUnfinished(space, hash: "");
        }

        var copy = new LocalBlobStore(folder);
        var before = AllKeys().ToHashSet(StringComparer.Ordinal);
        var restored = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        try
        {
            foreach (var key in copy.AllKeys())
            {
                total += await CopyAsync("restore", copy.PathOf(key), PathOf(key), cancellationToken);
                restored.Add(key);
                bytesCopied?.Report(total);
            }
        }
        catch
        {
            // A blob that was there is the same as the one that came, because it is named after its bytes.
            Remove("restore", restored.Except(before).Select(PathOf));
            throw;
        }

        Remove("restore", before.Except(restored).Select(PathOf));
    }

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var space in SpaceFolders())
        {
            Remove("reset", NamesIn(space).Where(n => BlobName.IsBlob(n) || IsTemporary(n)).Select(n => Path.Combine(root, space, n)));
            RemoveWhenEmpty(Path.Combine(root, space));
        }

        foreach (var doubt in Doubts(() => HeldNote.TakeAbandoned(doubts, "")))
        {
            doubt.Dispose();
        }

        RemoveWhenEmpty(doubts);
        RemoveWhenEmpty(root);
        return Task.CompletedTask;
    }

    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        var folder = Path.Combine(root, scope.Key);
        var names = NamesIn(scope.Key);
        Remove("erase", names.Where(n => BlobName.IsBlob(n) || IsTemporary(n)).Select(n => Path.Combine(folder, n)));
        RemoveWhenEmpty(folder);
        return Task.FromResult((long)names.Count(BlobName.IsBlob));
    }

    public async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var space in SpaceFolders())
        {
            foreach (var name in NamesIn(space))
            {
                var path = Path.Combine(root, space, name);
                if (IsTemporary(name))
                {
                    yield return new Finding(FindingSeverity.Info, "leftover-temporary", $"'{path}' was left by a write that did not end.", "Remove the file when no other process is writing.");
                }
                else if (BlobName.IsBlob(name) && await ProblemOfAsync(path, name, cancellationToken) is { } problem)
                {
                    yield return new Finding(FindingSeverity.Error, "damaged-blob", $"The kept source '{path}' {problem}.", "Restore it from a backup, or memorize its source again.");
                }
            }
        }
    }

    private static async Task<string?> ProblemOfAsync(string path, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = Open(path);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            return name.StartsWith(hash, StringComparison.Ordinal) ? null : "does not hold the bytes that its name says";
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (IsFault(e))
        {
            return $"cannot be read ({e.Message})";
        }
    }

    /// <summary>Copies one blob; a blob that was removed meanwhile is left out. Returns its size.</summary>
    private static async Task<long> CopyAsync(string operation, string from, string to, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = Open(from);
            MakeFolder(Path.GetDirectoryName(to)!);
            await AtomicFile.WriteAsync(to, TemporaryFor(to), source.CopyToAsync, cancellationToken);
            return source.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(operation, $"The kept source '{from}' could not be copied to '{to}'. Check permissions and free space.", e);
        }
    }

    private static void Remove(string operation, IEnumerable<string> paths)
    {
        foreach (var path in paths.ToList())
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (IsFault(e))
            {
                throw Fault(operation, $"The kept source '{path}' cannot be removed. Check the permissions of its folder.", e);
            }
        }
    }

    private static void RemoveWhenEmpty(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // Somebody put a file in meanwhile: then the folder is not empty and stays.
        }
    }

    private IEnumerable<string> AllKeys() => SpaceFolders().SelectMany(space => NamesIn(space).Where(BlobName.IsBlob).Select(name => $"{space}/{name}"));

    private List<string> SpaceFolders()
    {
        try
        {
            return Directory.Exists(root)
                ? [.. Directory.EnumerateDirectories(root).Select(d => Path.GetFileName(d)).Where(BlobName.IsSpaceFolder).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault("list", $"The folder of kept sources '{root}' cannot be read. Check its permissions.", e);
        }
    }
}
