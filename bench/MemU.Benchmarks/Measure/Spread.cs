namespace MemU.Benchmarks.Measure;

/// <summary>What a series of measurements says: the median counts, the rest shows how far to trust it.</summary>
internal sealed record Spread(double Median, double P25, double P75, double P95, double Least, double Most, int Count)
{
    /// <exception cref="ArgumentException">There is nothing to summarise.</exception>
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("Nothing was measured.", nameof(values));
        }

        double[] sorted = [.. values.Order()];
        return new Spread(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75), At(sorted, 0.95), sorted[0], sorted[^1], sorted.Length);
    }

    /// <summary>One exact figure.</summary>
    public static Spread Of(double value) => Of([value]);

    // Between two measurements the share of each.
    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
