namespace MemU.Benchmarks.Measure;

/// <summary>One measured thing.</summary>
internal sealed record Row
{
    /// <summary>What was done.</summary>
    public required string Work { get; init; }

    /// <summary>Where: <c>memory</c>, <c>sqlite</c>, <c>json</c>.</summary>
    public required string Provider { get; init; }

    /// <summary><c>normal</c> or <c>full</c> where something is written.</summary>
    public string? Durability { get; init; }

    /// <summary>Spaces that share the store.</summary>
    public int Spaces { get; init; } = 1;

    /// <summary>Vectors (or passages) of all spaces together.</summary>
    public long Count { get; init; }

    /// <summary>Numbers a vector; null where there is no vector.</summary>
    public int? Dimension { get; init; }

    /// <summary>The unit of the values: <c>ms</c>, <c>per s</c>, <c>bytes</c>.</summary>
    public required string Unit { get; init; }

    public required Spread Value { get; init; }

    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    /// <summary>Goals that name a figure by itself.</summary>
    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>Other figures, each with its unit in its name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>What a reader must know to judge the figures.</summary>
    public string? Note { get; init; }

    /// <summary>All goals of the row.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<Goal> AllGoals => Comparisons.Select(c => c.Goal).OfType<Goal>().Concat(Goals);
}
