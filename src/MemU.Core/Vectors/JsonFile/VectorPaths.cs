namespace MemU.Vectors;

/// <summary>The files of a vector file.</summary>
/// <param name="Snapshot">The JSON file itself, links followed.</param>
/// <param name="LeastIndexed">A snapshot shorter than this is read faster than an index file is managed: its index lives in memory only.</param>
internal sealed record VectorPaths(string Snapshot, long LeastIndexed)
{
    /// <summary>What was written since the snapshot was.</summary>
    public string Journal { get; } = Snapshot + ".journal";

    /// <summary>The index of the snapshot: derived, may be removed at any time.</summary>
    public string Sidecar { get; } = Snapshot + ".index";

    /// <summary>The lock of writers, in which changes are counted. It may be removed whenever no process uses the file.</summary>
    public string Lock { get; } = Snapshot + ".lock";

    /// <summary>Held by all who have written and are still there.</summary>
    public string Writers { get; } = Snapshot + ".writers";

    /// <summary>Where the next snapshot is written. Only the holder of the lock touches it, so what a dead process left is simply overwritten.</summary>
    public string Temporary { get; } = Snapshot + ".tmp";

    public string Folder { get; } = Path.GetDirectoryName(Snapshot)!;

    /// <summary>A new name for an index that is being made; several processes may make one at once.</summary>
    public string NewTemporarySidecar() => $"{Sidecar}.{Path.GetRandomFileName()}.tmp";

    /// <summary>Indexes that are being made, or were when their maker died.</summary>
    public IReadOnlyList<string> TemporarySidecars() =>
        Directory.Exists(Folder) ? Directory.GetFiles(Folder, Path.GetFileName(Sidecar) + ".*.tmp") : [];

    /// <summary>The files behind a path.</summary>
    public static VectorPaths Of(string path, long leastIndexed) =>
        new(new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName, leastIndexed);
}
