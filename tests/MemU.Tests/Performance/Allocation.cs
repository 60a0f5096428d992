namespace MemU.Tests.Performance;

/// <summary>Counts what an operation allocates once it is warm.</summary>
internal static class Allocation
{
    private const int WarmUp = 60;
    private const int Runs = 21;

    /// <summary>
    /// The median of some runs: now and then one makes a cache grow. The operation must end on the thread that called it, so that all of it is counted,
    /// unless what the whole process allocates is.
    /// </summary>
    public static long Of<T>(Func<Task<T>> operation, bool wholeProcess = false)
    {
        var bytes = new long[WarmUp + Runs];
        for (var run = 0; run < bytes.Length; run++)
        {
            var before = Allocated();
            var task = operation();
            bytes[run] = Allocated() - before;
            Assert.True(task.IsCompletedSuccessfully, "The operation went on elsewhere, so its allocations were not all counted.");
        }

        var measured = bytes[WarmUp..];
        Array.Sort(measured);
        return measured[Runs / 2];

        long Allocated() => wholeProcess ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
    }
}
