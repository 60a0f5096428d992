using MemU.Files;

namespace MemU.Tests.Sqlite;

/// <summary>A clock that goes on with each reading, so far that no look at files is recent by it.</summary>
internal sealed class HastyClock : TimeProvider
{
    private long now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref now, RecentLook.Lasting.Ticks);
}
