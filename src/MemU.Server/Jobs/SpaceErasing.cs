using MemU.Maintenance;

namespace MemU.Server.Jobs;

/// <summary>
/// Erases spaces together with their jobs. What waits is forgotten first, and once more afterwards, because some may have been accepted meanwhile; what is being
/// worked on, here or in another process, cannot store anything any more, because it was accepted before the erasure.
/// </summary>
internal sealed class SpaceErasing(MemoryMaintenance maintenance, MemoryService memory, JobStore jobs)
{
    /// <summary>The spaces that hold memories, and those of which only jobs are there yet.</summary>
    public async Task<IReadOnlyList<MemoryScope>> ListAsync(Func<MemoryScope, bool> which, CancellationToken cancellationToken) =>
    [
        .. (await maintenance.ListSpacesAsync(cancellationToken).ToListAsync(cancellationToken)).Concat(await jobs.ListSpacesAsync(cancellationToken)).Distinct().Where(which),
    ];

    /// <exception cref="MemoryStoreException">A part could not be emptied or cleaned, or the jobs not written; call it again.</exception>
    public async Task<ErasureReceipt> RunAsync(IReadOnlyList<MemoryScope> scopes, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (var scope in scopes)
        {
            await jobs.EraseAsync(scope, cancellationToken);
        }

        var receipt = await maintenance.EraseAsync(scopes, progress, cancellationToken);
        foreach (var scope in scopes)
        {
            await jobs.EraseEarlierAsync(scope, memory.OpenSpace(scope).IsErasedSinceAsync, CancellationToken.None);
        }

        return receipt;
    }
}
