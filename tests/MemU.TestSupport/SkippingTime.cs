namespace MemU.TestSupport;

/// <summary>
/// A clock on which waiting costs nothing: short timers fire at once and move the clock on by their length, long ones (100 s and more, the time
/// limits) fire only when the test says so. Waits are recorded.
/// </summary>
public sealed class SkippingTime : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(100);

    private readonly Lock gate = new();
    private readonly List<TimeSpan> waits = [];
    private readonly List<SkippingTimer> held = [];
    private DateTimeOffset now = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The short waits so far, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate)
            {
                return [.. waits];
            }
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <summary>Lets every time limit that is running now expire.</summary>
    public void ExpireLimits()
    {
        List<SkippingTimer> due;
        lock (gate)
        {
            due = [.. held];
            held.Clear();
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SkippingTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Schedule(SkippingTimer timer, TimeSpan due)
    {
        lock (gate)
        {
            held.Remove(timer);
            if (due == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            if (due >= Long)
            {
                held.Add(timer);
                return;
            }

            waits.Add(due);
            now += due;
        }

        ThreadPool.QueueUserWorkItem(_ => timer.Fire());
    }

    private sealed class SkippingTimer(SkippingTime time, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool disposed;

        public void Fire()
        {
            if (!disposed)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Schedule(this, dueTime);
            return !disposed;
        }

        public void Dispose()
        {
            disposed = true;
            time.Schedule(this, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
