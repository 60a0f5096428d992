using System.Runtime.ExceptionServices;

namespace MemU.Vectors;

/// <summary>The part of another thread in a <see cref="SharedScan"/>: offered to the pool, and taken back when the scan is over before it began.</summary>
internal sealed class ScanShare(SharedScan scan) : IThreadPoolWorkItem
{
    private const int Free = 0;
    private const int Offered = 1;
    private const int TakenBack = 2;
    private const int Running = 3;

    private readonly ManualResetEventSlim ended = new(false);
    private int state;
    private ExceptionDispatchInfo? failure;

    /// <summary>What that thread found, once it has ended.</summary>
    public ScanRoom Room { get; } = new();

    /// <summary>Offers it. Where the pool still holds it from a scan before, it is wanted again.</summary>
    public void Offer()
    {
        failure = null;
        ended.Reset();
        if (Interlocked.Exchange(ref state, Offered) == Free)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Takes it back, or waits for its end when it has begun; returns what went wrong.</summary>
    public ExceptionDispatchInfo? End()
    {
        if (Interlocked.CompareExchange(ref state, TakenBack, Offered) != Offered)
        {
            ended.Wait();
        }

        return failure;
    }

    /// <inheritdoc/>
    public void Execute()
    {
        while (Interlocked.CompareExchange(ref state, Running, Offered) != Offered)
        {
            // Taken back, and it may be offered anew at this moment.
            if (Interlocked.CompareExchange(ref state, Free, TakenBack) == TakenBack)
            {
                return;
            }
        }

        try
        {
            scan.Work(Room);
        }
#pragma warning disable CA1031 // It is thrown again where the question was asked.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        Volatile.Write(ref state, Free);
        ended.Set();
    }
}
