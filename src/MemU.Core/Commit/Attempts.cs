namespace MemU.Commit;

/// <summary>Does again what was computed from a state that has changed meanwhile.</summary>
internal static class Attempts
{
    /// <summary>Enough for many writers on one row: in every round one of them gets through.</summary>
    private const int Most = 50;

    /// <summary>Runs until nothing has changed meanwhile; the last failure is thrown.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await attempt();
            }
            catch (ConcurrentChangeException) when (round < Most)
            {
                // Read again, compute again.
            }
        }
    }
}
