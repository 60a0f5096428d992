using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>Checks that a folder holds a whole, undamaged backup that fits this host. Reads only.</summary>
internal static class BackupVerifier
{
    private static readonly JsonSerializerOptions Strict = new(MemUJson.Compact) { RespectNullableAnnotations = true, TypeInfoResolver = BackupTypes.Default };

    /// <exception cref="MemUException">The folder is no backup, is damaged, was written by a newer version, or holds other parts than this host has.</exception>
    public static async Task<BackupManifest> VerifyAsync(
        string folder, DataParts parts, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var manifest = await ReadAsync(folder, cancellationToken);
        var expected = parts.All.Select(p => p.PartName).ToHashSet(StringComparer.Ordinal);
        if (!expected.SetEquals(manifest.Parts))
        {
            throw new MemUException(
                $"The backup holds {string.Join(", ", manifest.Parts)}, but with these settings the data consists of {string.Join(", ", expected)}. "
                + (expected.Contains("keys") == manifest.Parts.Contains("keys") ? "Choose the database and vector settings that the backup was made with. Nothing was changed."
                    : manifest.Parts.Contains("keys") ? "It is encrypted: give its master key. Nothing was changed."
                    : "It is not encrypted: restore it without the key elsewhere, export the spaces, and import them here. Nothing was changed."));
        }

        var unlisted = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Where(e => !Directory.Exists(e))
            .Select(e => Path.GetRelativePath(folder, e).Replace('\\', '/'))
            .Where(e => e != BackupManifest.FileName)
            .ToHashSet(StringComparer.Ordinal);
        var bytes = new ByteProgress(progress, manifest.Files.Sum(f => f.Size)).For("verify");
        var read = 0L;
        foreach (var file in manifest.Files)
        {
            if (!unlisted.Remove(file.Path) || !expected.Contains(file.Path.Split('/')[0]))
            {
                throw Damaged(folder, $"'{file.Path}' is missing");
            }

            BackupFile found;
            try
            {
                found = await BackupManifest.OfAsync(Path.Combine(folder, file.Path), file.Path, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MemUException($"'{file.Path}' of the backup cannot be read: {e.Message} Nothing was changed.", e);
            }

            if (found != file)
            {
                throw Damaged(folder, found.Size == file.Size ? $"'{file.Path}' does not have its checksum" : $"'{file.Path}' has {found.Size} bytes instead of {file.Size}");
            }

            bytes.Report(read += file.Size);
        }

        return unlisted.Count == 0 ? manifest : throw Damaged(folder, $"'{unlisted.Order(StringComparer.Ordinal).First()}' does not belong to it");
    }

    private static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, BackupManifest.FileName);
        if (!File.Exists(file))
        {
            var inside = Directory.Exists(folder)
                ? Directory.EnumerateDirectories(folder).FirstOrDefault(d => File.Exists(Path.Combine(d, BackupManifest.FileName)))
                : null;
            throw new MemUException(
                $"'{folder}' is no backup: there is no {BackupManifest.FileName} in it. "
                + (inside is null ? "Give a folder that `memu backup` made." : $"Did you mean '{inside}'?"));
        }

        BackupManifest manifest;
        try
        {
            await using var stream = File.OpenRead(file);
            manifest = await JsonSerializer.DeserializeAsync(stream, (JsonTypeInfo<BackupManifest>)Strict.GetTypeInfo(typeof(BackupManifest)), cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw Damaged(folder, $"its {BackupManifest.FileName} cannot be read (line {e.LineNumber + 1})", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MemUException($"The {BackupManifest.FileName} of the backup '{folder}' cannot be read: {e.Message} Nothing was changed.", e);
        }

        if (manifest.Format != BackupManifest.FormatName)
        {
            throw Damaged(folder, $"its format is not '{BackupManifest.FormatName}'");
        }

        return manifest.Version is >= 1 and <= BackupManifest.CurrentVersion
            ? manifest
            : throw new MemUException($"The backup has version {manifest.Version}; this MemU reads versions up to {BackupManifest.CurrentVersion}. Update MemU. Nothing was changed.");
    }

    private static MemUException Damaged(string folder, string what, Exception? inner = null) =>
        new($"The backup '{folder}' is damaged: {what}. Nothing was changed; use another backup.", inner);
}
