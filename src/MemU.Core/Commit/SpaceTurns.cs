namespace MemU.Commit;

/// <summary>
/// Lets the writers of one space in this process take turns, so that they do not compute summaries that the next commit would throw away. It saves work;
/// what keeps writes right, also between processes, are the expectations in the commit. Spaces that fall on the same lane wait for each other.
/// </summary>
internal sealed class SpaceTurns
{
    private readonly SemaphoreSlim[] lanes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> TakeAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var lane = lanes[(uint)scope.GetHashCode() % lanes.Length];
        await lane.WaitAsync(cancellationToken);
        return new Turn(lane);
    }

    private sealed class Turn(SemaphoreSlim lane) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                lane.Release();
            }
        }
    }
}
