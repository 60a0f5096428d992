using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// The operator's verbs, across all spaces: a capability apart from <see cref="MemoryService"/>, so that code that serves users cannot reach it.
/// Thread-safe.
/// </summary>
public sealed class MemoryMaintenance
{
    /// <summary>Brings the data to this version; returns the steps applied.</summary>
    public Task<IReadOnlyList<string>> MigrateAsync(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>All spaces that hold anything.</summary>
    public IAsyncEnumerable<MemoryScope> ListSpacesAsync(CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Counts and sizes of every space.</summary>
    public IAsyncEnumerable<SpaceStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Writes a consistent copy of everything into a new timestamped folder inside <paramref name="folder"/>, while others read and write.</summary>
    public Task<BackupReport> BackUpAsync(string folder, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Verifies a backup's manifest and replaces all data with it.</summary>
    /// <exception cref="MemUException">The backup is damaged, or there is data and <paramref name="overwrite"/> is false. Nothing was changed.</exception>
    public Task<BackupReport> RestoreAsync(
        string backupFolder, bool overwrite, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>What a reset would remove: files, folders and what they hold.</summary>
    public Task<ResetPlan> PlanResetAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Removes all data of all spaces. There is no way back but a backup.</summary>
    public Task<ResetPlan> ResetAsync(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Checks everything and says how to mend what is wrong. Changes nothing.</summary>
    public Task<DoctorReport> CheckAsync(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Reindexes every space.</summary>
    public Task<ReindexReport> ReindexAsync(
        ReindexOptions? options = null, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
