using System.Collections.Concurrent;
using System.Net;

namespace MemU.Server.Auth;

/// <summary>Counts wrong secrets by address. Too many within a while, and the address is not listened to for a while. Thread-safe.</summary>
internal sealed class FailureLockout(int failures, TimeProvider time)
{
    private const int MostAddresses = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<IPAddress, Count> counts = new();

    /// <summary>How long the address is still locked out; null when it is not.</summary>
    public TimeSpan? LockedFor(IPAddress? address) =>
        failures > 0 && counts.TryGetValue(Network(address), out var count) && count.Failures >= failures && count.Until - time.GetUtcNow() is { Ticks: > 0 } left
            ? left
            : null;

    /// <summary>Notes a wrong secret.</summary>
    public void Failed(IPAddress? address)
    {
        if (failures <= 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        if (counts.Count >= MostAddresses)
        {
            foreach (var (old, count) in counts.Where(c => c.Value.Until <= now))
            {
                counts.TryRemove(KeyValuePair.Create(old, count));
            }
        }

        counts.AddOrUpdate(
            Network(address), _ => new Count(1, now + Window),
            (_, count) => count.Until <= now ? new Count(1, now + Window)
                : count.Failures + 1 == failures ? new Count(failures, now + Pause)
                : count with { Failures = count.Failures + 1 });
    }

    // Who has one IPv6 address has the whole /64.
    private static IPAddress Network(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (bytes.Length == 16)
        {
            bytes.AsSpan(8).Clear();
        }

        return new IPAddress(bytes);
    }

    private sealed record Count(int Failures, DateTimeOffset Until);
}
