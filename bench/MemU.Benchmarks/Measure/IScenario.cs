namespace MemU.Benchmarks.Measure;

/// <summary>One kind of work that has goals.</summary>
internal interface IScenario
{
    /// <summary>As typed on the command line.</summary>
    string Name { get; }

    /// <summary>What is measured against what, in a sentence.</summary>
    string Description { get; }

    /// <summary>What it needs that is not here, and how to get it; null when nothing is missing. Such a scenario is reported without rows.</summary>
    string? Missing => null;

    /// <summary>Measures; rows come as they are done.</summary>
    IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress);
}
