using System.Text.Json.Serialization;

namespace MemU.Benchmarks.Measure;

/// <summary>What to measure, and how long.</summary>
internal sealed record MeasureSettings
{
    public IReadOnlyList<int> Sizes { get; init; } = [1_000, 10_000, 100_000];

    public IReadOnlyList<int> Dimensions { get; init; } = [384, 1536];

    public IReadOnlyList<string> Providers { get; init; } = ["memory", "sqlite", "json"];

    /// <summary>Vectors in JSON at most: unless it was asked for, nobody shall wait for gigabytes of text.</summary>
    public int JsonLimit { get; init; } = 10_000;

    public int Seed { get; init; } = 1;

    /// <summary>Rounds of a series at most; each round runs everything that is compared once.</summary>
    public int Rounds { get; init; } = 51;

    /// <summary>Seconds of a series at most, besides three rounds that are always run.</summary>
    public double Seconds { get; init; } = 2;

    /// <summary>Where data folders are made, and removed again.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "memu-measure");

    /// <summary>The program that asks the first question in a process of its own: published from MemU.Benchmarks.Start; null for this one.</summary>
    [JsonIgnore]
    public string? Start { get; init; }

    /// <summary>The cells that a provider is measured at: (vectors, dimension).</summary>
    public IEnumerable<(int Size, int Dimension)> CellsOf(string provider) =>
        from dimension in Dimensions from size in Sizes where provider != "json" || size <= JsonLimit select (size, dimension);
}
