using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>Checks every part by itself and then, space by space, whether the parts agree. Reads only.</summary>
internal sealed class Doctor(IMemoryStore store, IMemoryCatalog catalog, IVectorIndex index, IBlobStore blobs, IDataPart? keys, EmbeddingModel? embedding,
    FormerVectors? former)
{
    /// <summary>A space that is being written to is looked at again: what is on its way between the parts is no defect.</summary>
    private const int MostAttempts = 3;

    private const string OldSchema = "old-schema";
    private readonly List<Finding> findings = [];
    private readonly List<string> checks = [];

    public async Task<DoctorReport> RunAsync(IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var isReadable = true;
        foreach (var driver in (object[])[store, .. index.IsPartOfStore ? [] : (object[])[index], blobs, .. keys is null ? [] : (object[])[keys]])
        {
            if (driver is IDataPart part)
            {
                progress?.Report(new MaintenanceProgress($"check {part.PartName}", 0));
                isReadable &= await CheckAsync(part, cancellationToken);
            }
            else
            {
                checks.Add($"'{driver.GetType().Name}' cannot check its own data; only what it answers was looked at.");
            }
        }

        if (!isReadable)
        {
            checks.Add("The spaces were not compared, because a part cannot be read.");
        }
        else if (findings.Exists(f => f.Code == OldSchema))
        {
            checks.Add("The spaces were not compared: reading them would upgrade the database. Run `memu migrate` first.");
        }
        else
        {
            await CheckSpacesAsync(progress, cancellationToken);
        }

        return new DoctorReport([.. findings.OrderByDescending(f => f.Severity)], checks);
    }

    /// <summary>False when the part cannot be read.</summary>
    private async Task<bool> CheckAsync(IDataPart part, CancellationToken cancellationToken)
    {
        var before = findings.Count;
        var holds = "";
        try
        {
            await foreach (var finding in part.CheckAsync(cancellationToken))
            {
                if (finding.Severity == FindingSeverity.Info && finding.Code == part.PartName)
                {
                    // What a part says under its own name tells what it holds: nothing was found.
                    holds = $" {finding.Message}";
                }
                else
                {
                    findings.Add(finding);
                }
            }
        }
        catch (MemoryStoreException e)
        {
            findings.Add(Unreadable(part.PartName, e));
            return false;
        }

        checks.Add($"{part.PartName}: {(findings.Count == before ? "well-formed" : $"{findings.Count - before} finding(s)")}.{holds}");
        return true;
    }

    private async Task CheckSpacesAsync(IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        long spaces = 0, vectors = 0, kept = 0;
        try
        {
            var scopes = await AllSpaces.ListAsync(catalog, index, former, cancellationToken);
            CheckUnknownBlobs(scopes);
            foreach (var scope in scopes)
            {
                spaces++;
                progress?.Report(new MaintenanceProgress("check spaces", spaces));
                var (found, seenVectors, seenBlobs) = await CheckAsync(scope, cancellationToken);
                findings.AddRange(found);
                vectors += seenVectors;
                kept += seenBlobs;
            }

            checks.Add($"{spaces} space(s): {vectors} vector(s) and {kept} kept file(s) compared with the records.");
        }
        catch (MemoryStoreException e)
        {
            // A part that is damaged has said so itself.
            if (!findings.Exists(f => f.Severity == FindingSeverity.Error))
            {
                findings.Add(Unreadable(e.Provider, e));
            }

            checks.Add("The spaces were not compared to the end, because a part cannot be read.");
        }
    }

    private void CheckUnknownBlobs(IReadOnlyList<MemoryScope> scopes)
    {
        var unknown = blobs is IKnowsSpaceKeys keys ? keys.SpaceKeys.Except(scopes.Select(s => s.Key)).ToList() : [];
        if (unknown.Count > 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Warning, "orphan-blob",
                $"{unknown.Count} folder(s) of kept files belong to no space ({string.Join(", ", unknown.Take(3))}{(unknown.Count > 3 ? ", …" : "")}).",
                "Remove these folders from the resources folder."));
        }
    }

    private async Task<(IReadOnlyList<Finding> Found, long Vectors, long Blobs)> CheckAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var state = await StateAsync(scope, cancellationToken);
            var defects = new Defects(scope);
            var records = new RecordCheck(store, blobs, defects);
            var vectors = new VectorCheck(store, index, embedding, defects);
            await records.RunAsync(scope, cancellationToken);
            await vectors.RunAsync(scope, cancellationToken);
            if (former is not null && await former.CountAsync(scope, cancellationToken) is > 0 and var left)
            {
                defects.Add(
                    FindingSeverity.Warning, "former-vectors", $"vectors are left in {former.Place}, where they were kept before: nobody searches them, and they hold words",
                    "Run `memu reindex --all-spaces`: it takes over those that fit, and removes all. Unless the setting database.vector_db_path was changed by mistake.", count: left);
            }

            List<Finding> found = [.. defects.Findings];
            if (found.Count == 0 || attempt == MostAttempts || state == await StateAsync(scope, cancellationToken))
            {
                return (found, vectors.Vectors, records.Blobs);
            }
        }
    }

    private async Task<(SpaceVersion Version, long Owed)> StateAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        (await store.GetVersionAsync(scope, cancellationToken), (await store.GetStatisticsAsync(scope, cancellationToken)).OwedVectors);

    private static Finding Unreadable(string part, MemoryStoreException e) => new(
        FindingSeverity.Error, "unreadable", $"The {part} cannot be read: {e.Message}",
        e.IsTransient ? "Try again." : "Mend what the message names, or restore a backup: `memu restore DIR --yes`.");
}
