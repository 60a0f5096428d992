using MemU.Maintenance;

namespace MemU.Contracts;

/// <summary>What a backup or restore copied, in JSON.</summary>
/// <param name="Folder">The backup's folder.</param>
/// <param name="CreatedAt">When the backup was made, in epoch seconds.</param>
/// <param name="Files">Files in it, the manifest not counted.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Spaces">How many spaces it holds.</param>
/// <param name="Warnings">What should be known about it, in plain words.</param>
public sealed record BackupJson(string Folder, double CreatedAt, int Files, long Bytes, int Spaces, IReadOnlyList<string> Warnings)
{
    /// <summary>From the model.</summary>
    public static BackupJson From(BackupReport r) => new(r.Folder, MemUJson.ToEpoch(r.CreatedAt), r.Files, r.Bytes, r.Spaces, r.Warnings);
}
