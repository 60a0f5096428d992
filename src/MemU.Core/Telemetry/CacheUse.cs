using System.Diagnostics.Metrics;

namespace MemU.Telemetry;

/// <summary>
/// Counts how often what a space needs was held already: <c>memu.cache.lookups</c> of the meter <c>MemU</c>, by cache and outcome, never by space.
/// Costs nothing where nobody listens. Thread-safe.
/// </summary>
internal static class CacheUse
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "MemU";

    /// <summary>The index of a space's words.</summary>
    public const string Words = "words";

    /// <summary>A space's vectors of one collection.</summary>
    public const string Vectors = "vectors";

    /// <summary>Vectors that a model has made of a text before.</summary>
    public const string Embeddings = "embeddings";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Lookups = Meter.CreateCounter<long>(
        "memu.cache.lookups", "{lookup}", "Lookups in caches, by cache (words, vectors, embeddings) and outcome (hit: held and current; miss: read, brought up to date or made).");

    /// <summary>Counts lookups of one outcome.</summary>
    public static void Count(string cache, bool isHit, int number = 1)
    {
        if (number > 0)
        {
            Lookups.Add(number, new KeyValuePair<string, object?>("cache", cache), new KeyValuePair<string, object?>("outcome", isHit ? "hit" : "miss"));
        }
    }
}
