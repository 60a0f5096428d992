using System.Runtime.CompilerServices;
using MemU.Files;

namespace MemU.Resources;

/// <summary>
/// Keeps blobs as files: <c>root / scope key / hash ending</c>. A file is written beside its place and renamed, so it is whole or not there; it never
/// changes afterwards. Several processes may share the folder.
/// </summary>
internal sealed partial class LocalBlobStore : IBlobStore, IDataPart, IKnowsSpaceKeys, IKnowsCommitted
{
    private const string TemporaryEnding = ".tmp";
    private const string DoubtsFolder = ".doubts";
    private readonly string root;

    /// <summary>Nothing is opened or made yet.</summary>
    public LocalBlobStore(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        root = Path.GetFullPath(folder);
        doubts = Path.Combine(root, DoubtsFolder);
    }

    public string Provider => "local";

    public async Task<BlobReference> PutAsync(MemoryScope scope, ReadOnlyMemory<byte> content, string? fileName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        var hash = BlobName.HashOf(content.Span);
        var key = BlobName.KeyOf(scope, hash, fileName);
        var path = PathOf(key);
        try
        {
            if (new FileInfo(path) is { Exists: true } known && known.Length == content.Length)
            {
                return new BlobReference(key, hash, content.Length, IsNew: false);
            }

            MakeFolder(Path.GetDirectoryName(path)!);
            await AtomicFile.WriteAsync(path, TemporaryFor(path), (stream, token) => stream.WriteAsync(content, token).AsTask(), cancellationToken);
            return new BlobReference(key, hash, content.Length, IsNew: true);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault("put", $"The source could not be kept in '{path}'. Check that the folder can be written and the disk is not full.", e);
        }
    }

    public Task<Stream?> OpenAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Stream?>(cancellationToken);
        }

        if (BlobName.InSpace(scope, key) is null)
        {
            return Task.FromResult<Stream?>(null);
        }

        try
        {
            return Task.FromResult<Stream?>(Open(PathOf(key)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault("open", $"The kept source '{PathOf(key)}' cannot be read. Check its permissions.", e);
        }
    }

    public Task DeleteAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        if (BlobName.InSpace(scope, key) is not null)
        {
            try
            {
                File.Delete(PathOf(key));
            }
            catch (DirectoryNotFoundException)
            {
                // Nothing was ever kept for this space.
            }
            catch (Exception e) when (IsFault(e))
            {
                throw Fault("delete", $"The kept source '{PathOf(key)}' cannot be removed. Check the permissions of its folder.", e);
            }
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(MemoryScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var name in NamesIn(scope.Key).Where(BlobName.IsBlob))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return $"{scope.Key}/{name}";
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static string TemporaryFor(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileNameWithoutExtension(path)}-{Path.GetRandomFileName()}{TemporaryEnding}");

    private static bool IsTemporary(string name) => name.StartsWith('.') && name.EndsWith(TemporaryEnding, StringComparison.Ordinal);

    private static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException;

    private static MemoryStoreException Fault(string operation, string message, Exception inner) =>
        new($"{message} ({inner.Message})", inner) { Provider = "local", Operation = operation };

    private static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            FolderFlush.Run(Path.GetDirectoryName(folder)!);
        }
    }

    private string PathOf(string key) => Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The names of all files of a space's folder, in order.</summary>
    private IReadOnlyList<string> NamesIn(string spaceFolder)
    {
        try
        {
            var folder = Path.Combine(root, spaceFolder);
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault("list", $"The folder of kept sources '{root}' cannot be read. Check its permissions.", e);
        }
    }
}
