namespace MemU.Benchmarks.Measure;

/// <summary>A baseline that took turns with what is measured.</summary>
/// <param name="Baseline">What it does.</param>
/// <param name="Value">Its own figures, in the unit of the row.</param>
/// <param name="Ratio">Measured figure divided by the baseline's of the same round.</param>
/// <param name="Goal">What the ratio should be; null when nothing is demanded.</param>
internal sealed record Comparison(string Baseline, Spread Value, Spread Ratio, Goal? Goal = null);
