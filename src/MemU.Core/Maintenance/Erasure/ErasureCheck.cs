using System.Globalization;
using MemU.Resources;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// Searches the raw bytes of the data folder for what earlier erasures removed: every file of every part, with what lies beside it under the same name
/// (logs, copies, temporary files). Reads only.
/// </summary>
internal sealed class ErasureCheck(DataParts parts, IMemoryCatalog catalog, IBlobStore blobs, FormerVectors? former)
{
    private const string Code = "erased-trace";

    public async Task<DoctorReport> RunAsync(IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var erasures = await catalog.ListErasuresAsync(cancellationToken).ToListAsync(cancellationToken);
        if (erasures.Count == 0)
        {
            return new DoctorReport([], ["No erasure is on record in this data folder."]);
        }

        var findings = new List<Finding>();
        var scan = new RecordIdScan(erasures.SelectMany(e => e.Ids).ToHashSet());
        var files = Files();
        long bytes = 0;
        for (var i = 0; i < files.Count; i++)
        {
            progress?.Report(new MaintenanceProgress("search the files", i, files.Count));
            if (Open(files[i]) is not { } stream)
            {
                continue;
            }

            await using (stream)
            {
                bytes += stream.Length;
                var traces = await scan.RunAsync(stream, cancellationToken);
                await ReportAsync(files[i], traces, findings, cancellationToken);
            }
        }

        await ReportFoldersAsync(erasures, findings, cancellationToken);
        progress?.Report(new MaintenanceProgress("search the files", files.Count, files.Count));
        var ids = erasures.Sum(e => (long)e.Ids.Count).ToString("N0", CultureInfo.InvariantCulture);
        return new DoctorReport(
            findings,
            [$"{erasures.Count} erasure(s) of {ids} record(s) on record; {files.Count} file(s) with {bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes searched for their ids."]);
    }

    /// <summary>The files of all parts, also those of a place where vectors were kept before, and whatever lies beside them under a longer name.</summary>
    private List<string> Files()
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var location in parts.Locations.Concat(former?.Part?.Locations ?? []))
        {
            if (Directory.Exists(location))
            {
                files.UnionWith(Directory.EnumerateFiles(location, "*", SearchOption.AllDirectories));
            }
            else if (Path.GetDirectoryName(location) is { } folder && Directory.Exists(folder))
            {
                files.UnionWith(Directory.EnumerateFiles(folder).Where(f => f.StartsWith(location, StringComparison.Ordinal)));
            }
        }

        return [.. files];
    }

    private static FileStream? Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            // Replaced or removed meanwhile: what took its place is another file of the list, or holds what was written since.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"'{file}' cannot be searched: {e.Message} Run the check as a user who may read it.", e) { Provider = "files", Operation = "check" };
        }
    }

    private async Task ReportAsync(string file, IReadOnlyDictionary<string, long> traces, List<Finding> findings, CancellationToken cancellationToken)
    {
        if (traces.Count == 0)
        {
            return;
        }

        // What was imported again after the erasure is no trace of it.
        var known = await catalog.ListKnownIdsAsync([.. traces.Keys], cancellationToken);
        List<KeyValuePair<string, long>> left = [.. traces.Where(t => !known.Contains(t.Key)).OrderBy(t => t.Value)];
        if (left.Count > 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Error, Code, $"'{file}' still holds ids of {left.Count} erased record(s), the first at byte {left[0].Value}.",
                "Erase the space again (memu delete --space); if the file belongs to nothing that is in use, remove it."));
        }
    }

    private async Task ReportFoldersAsync(IEnumerable<ErasureRecord> erasures, List<Finding> findings, CancellationToken cancellationToken)
    {
        if (blobs is not IKnowsSpaceKeys keys)
        {
            return;
        }

        var live = await catalog.ListSpacesAsync(cancellationToken).Select(s => s.Key).ToHashSetAsync(cancellationToken: cancellationToken);
        foreach (var key in erasures.Select(e => e.SpaceKey).Distinct().Intersect(keys.SpaceKeys).Where(k => !live.Contains(k)))
        {
            findings.Add(new Finding(
                FindingSeverity.Error, Code, $"Kept files of the erased space {key} are still there.",
                "A memorize was running while the space was erased. Erase the space again (memu delete --space)."));
        }
    }
}
