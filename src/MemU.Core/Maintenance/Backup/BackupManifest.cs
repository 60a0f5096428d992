using System.Security.Cryptography;
using System.Text.Json;
using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>What a backup holds, written last: a folder without it is no backup.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";

    public const string FormatName = "memu-backup";

    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Written = new(MemUJson.Indented) { TypeInfoResolver = BackupTypes.Default };

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required double CreatedAt { get; init; }

    /// <summary>The MemU that wrote it.</summary>
    public string? MemuVersion { get; init; }

    /// <summary>The parts, each a folder: <c>metadata</c>, <c>vectors</c> (not when they are part of the metadata), <c>blobs</c>, <c>keys</c> (when encrypted).</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>How many spaces there are.</summary>
    public int Spaces { get; init; }

    /// <summary>Every file, ordered by path.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>The files below a folder, with their checksums.</summary>
    public static async Task<IReadOnlyList<BackupFile>> ListAsync(string folder, IProgress<long> bytesRead, CancellationToken cancellationToken)
    {
        List<BackupFile> files = [];
        var read = 0L;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (path != FileName)
            {
                files.Add(await OfAsync(file, path, cancellationToken));
                bytesRead.Report(read += files[^1].Size);
            }
        }

        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>One file with its checksum.</summary>
    public static async Task<BackupFile> OfAsync(string file, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var buffer = new byte[256 * 1024];
        var size = 0L;
        for (int n; (n = await stream.ReadAsync(buffer, cancellationToken)) > 0; size += n)
        {
            hash.AppendData(buffer, 0, n);
        }

        return new BackupFile(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Writes the manifest durably.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        await JsonSerializer.SerializeAsync(stream, this, Written.GetTypeInfo(typeof(BackupManifest)), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        stream.Flush(flushToDisk: true);
    }
}
