namespace MemU.Benchmarks.Measure;

/// <summary>A goal of the project, and whether this figure meets it.</summary>
/// <param name="Text">As the project states it.</param>
/// <param name="Figure">The figure that is compared.</param>
/// <param name="Limit">With what.</param>
/// <param name="Met">The answer.</param>
internal sealed record Goal(string Text, double Figure, double Limit, bool Met)
{
    public static Goal AtMost(string text, double figure, double limit) => new(text, figure, limit, figure <= limit);

    public static Goal AtLeast(string text, double figure, double limit) => new(text, figure, limit, figure >= limit);
}
