using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemU.Files;

namespace MemU.Encryption;

/// <summary>
/// The files of the folder of keys: one a space, and one that names the master key. A file is written beside its place, flushed and renamed, so it is whole
/// or not there. Thread-safe; whoever writes holds the lock.
/// </summary>
internal sealed class KeyFolder(string path, TimeProvider time)
{
    private const string MarkName = "encryption.json";
    private const string LockName = "keys.lock";
    private const string Ending = ".json";
    private const string TemporaryEnding = ".tmp";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,

        TypeInfoResolver = KeyFileTypes.Default,
    };

    /// <summary>The folder, absolute.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The file that says that the data is encrypted, and with which master key.</summary>
    public string MarkFile => System.IO.Path.Combine(Path, MarkName);

    /// <summary>True when the data beside the folder is encrypted.</summary>
    public bool HasMark => Guard("open", MarkFile, () => FileIdentity.At(MarkFile).Exists);

    /// <summary>The file of a space's key.</summary>
    public string FileOf(string space) => System.IO.Path.Combine(Path, space + Ending);

    /// <summary>The spaces that have a key, by the key of their scope.</summary>
    public IReadOnlyList<string> Spaces => Guard<IReadOnlyList<string>>("list", Path, () => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*" + Ending).Select(f => System.IO.Path.GetFileNameWithoutExtension(f)).Where(IsSpace).Order(StringComparer.Ordinal)]
        : []);

    /// <summary>What writes that did not end left behind.</summary>
    public IReadOnlyList<string> Leftovers => Guard<IReadOnlyList<string>>("list", Path, () => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*" + TemporaryEnding).Order(StringComparer.Ordinal)]
        : []);

    /// <summary>The state of a file now.</summary>
    public static FileIdentity IdentityOf(string file) => Guard("open", file, () => FileIdentity.At(file));

    /// <summary>The right to write in the folder, which is made when it is missing.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var file = System.IO.Path.Combine(Path, LockName);
        Guard("write", file, MakeFolder);
        try
        {
            var held = await FileLock.TryTakeAsync(file, Patience, time, cancellationToken)
                ?? throw EncryptionFault.Make("write", $"Others held the lock '{file}' for too long. Try again.", transient: true);
            try
            {
                DestroyLeftovers();
                return held;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EncryptionFault.Medium("write", file, e);
        }
    }

    /// <summary>The mark; null when there is none.</summary>
    public EncryptionMark? ReadMark()
    {
        var mark = Read<EncryptionMark>(MarkFile);
        return mark is null || (mark.Format == EncryptionMark.FormatName && mark.Version == 1)
            ? mark
            : throw EncryptionFault.Damaged(MarkFile, "it has another format, or a newer version");
    }

    /// <summary>The file of a space's key; null when there is none.</summary>
    public SpaceKeyFile? ReadKey(string space)
    {
        var file = Read<SpaceKeyFile>(FileOf(space));
        return file is null || (file.Format == SpaceKeyFile.FormatName && file.Version == 1 && file.Space == space)
            ? file
            : throw EncryptionFault.Damaged(FileOf(space), "it has another format, a newer version, or belongs to another space");
    }

    public Task WriteMarkAsync(EncryptionMark mark, CancellationToken cancellationToken) => WriteAsync(MarkFile, mark, cancellationToken);

    public Task WriteKeyAsync(SpaceKeyFile file, CancellationToken cancellationToken) => WriteAsync(FileOf(file.Space), file, cancellationToken);

    /// <summary>
    /// Overwrites a file with zeros, flushes them, and removes it. It gets the name of a leftover first: killed in between, nobody takes the zeros for a key, and
    /// whoever writes next goes on. Idempotent.
    /// </summary>
    public static void Destroy(string file) => Guard("destroy", file, () =>
    {
        try
        {
            if (!file.EndsWith(TemporaryEnding, StringComparison.Ordinal))
            {
                var doomed = TemporaryFor(file);
                File.Move(file, doomed);
                file = doomed;
            }

            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            stream.Write(new byte[stream.Length]);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        File.Delete(file);
        FolderFlush.Run(System.IO.Path.GetDirectoryName(file)!);
        return true;
    });

    /// <summary>Destroys every key and the mark. The mark goes last: a folder that was emptied half-way is still an encrypted one.</summary>
    public void DestroyAll()
    {
        foreach (var file in Spaces.Select(FileOf).Append(MarkFile))
        {
            Destroy(file);
        }
    }

    /// <summary>
    /// Only who holds the lock writes here: what an earlier one left is nobody's. It may be the wrapped key of a space that is to be erased.
    /// </summary>
    private void DestroyLeftovers()
    {
        foreach (var file in Leftovers)
        {
            Destroy(file);
        }
    }

    /// <summary>Removes the lock file, and the folder when nothing else is in it.</summary>
    public void RemoveWhenEmpty() => Guard("reset", Path, () =>
    {
        if (Directory.Exists(Path))
        {
            File.Delete(System.IO.Path.Combine(Path, LockName));
            if (!Directory.EnumerateFileSystemEntries(Path).Any())
            {
                Directory.Delete(Path);
            }
        }

        return true;
    });

    private static string TemporaryFor(string file) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(file)!, $".{System.IO.Path.GetFileNameWithoutExtension(file)}-{System.IO.Path.GetRandomFileName()}{TemporaryEnding}");

    private static bool IsSpace(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    private static T? Read<T>(string file)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), (JsonTypeInfo<T>)Strict.GetTypeInfo(typeof(T))) ?? throw EncryptionFault.Damaged(file, "it holds nothing");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw EncryptionFault.Damaged(file, "it is not the JSON that was written", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EncryptionFault.Medium("open", file, e);
        }
    }

    private async Task WriteAsync<T>(string file, T content, CancellationToken cancellationToken)
    {
        try
        {
            await AtomicFile.WriteAsync(file, TemporaryFor(file), async (stream, token) =>
            {
                await JsonSerializer.SerializeAsync(stream, content, Strict.GetTypeInfo(typeof(T)), token);
                await stream.FlushAsync(token);

                // Others tell the states of a file apart by its time: the fraction of a second is random, so that no two are the same.
                File.SetLastWriteTimeUtc(stream.SafeFileHandle, time.GetUtcNow().UtcDateTime.AddTicks(-Random.Shared.NextInt64(TimeSpan.TicksPerSecond)));
            }, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EncryptionFault.Medium("write", file, e);
        }
    }

    private bool MakeFolder()
    {
        if (!Directory.Exists(Path))
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(Path)
                : Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            FolderFlush.Run(System.IO.Path.GetDirectoryName(Path)!);
        }

        return true;
    }

    private static T Guard<T>(string operation, string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EncryptionFault.Medium(operation, file, e);
        }
    }
}
