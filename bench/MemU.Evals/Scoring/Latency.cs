namespace MemU.Evals.Scoring;

/// <summary>How long a question takes once the index is there, in milliseconds.</summary>
internal sealed record Latency(double P50, double P95, double Max)
{
    public static Latency Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? new(0, 0, 0) : new(sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, sorted.Length * 95 / 100)], sorted[^1]);
    }
}
