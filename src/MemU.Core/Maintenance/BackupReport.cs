namespace MemU.Maintenance;

/// <summary>What a backup or restore copied.</summary>
/// <param name="Folder">The backup's folder.</param>
/// <param name="CreatedAt">When the backup was made.</param>
/// <param name="Files">Files in it, the manifest not counted.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Spaces">How many spaces it holds.</param>
public sealed record BackupReport(string Folder, DateTimeOffset CreatedAt, int Files, long Bytes, int Spaces)
{
    /// <summary>What should be known about it, in plain words: spaces that a restore brought back although they had been erased.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
