namespace MemU.Maintenance;

/// <summary>One file of a backup.</summary>
/// <param name="Path">Below the backup's folder, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record BackupFile(string Path, long Size, string Sha256);
