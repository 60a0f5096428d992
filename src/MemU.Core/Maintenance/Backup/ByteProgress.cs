namespace MemU.Maintenance;

/// <summary>Turns what single parts report into one progress in bytes. Each step reports what it has done so far.</summary>
internal sealed class ByteProgress
{
    private readonly IProgress<MaintenanceProgress>? progress;
    private readonly long total;
    private long done;

    public ByteProgress(IProgress<MaintenanceProgress>? progress, long total = 0)
    {
        this.progress = progress;
        this.total = total;
    }

    /// <summary>Where a part reports while it does this step.</summary>
    public IProgress<long> For(string name) => new Step(this, name);

    private sealed class Step(ByteProgress owner, string name) : IProgress<long>
    {
        private long before;

        public void Report(long value)
        {
            var delta = value - Interlocked.Exchange(ref before, value);
            owner.progress?.Report(new MaintenanceProgress(name, Interlocked.Add(ref owner.done, delta), owner.total));
        }
    }
}
