namespace MemU.Retrieve;

/// <summary>What one signal gave to the score of a hit.</summary>
/// <param name="Signal">Its name: <c>words</c>, <c>speaker</c>, <c>date</c> … (docs/recall.md).</param>
/// <param name="Value">How much of the signal there was, mostly 0 to 1.</param>
/// <param name="Weight">How much it counts; negative when it speaks against the hit.</param>
public sealed record ScorePart(string Signal, double Value, double Weight)
{
    /// <summary>What it gave: value times weight.</summary>
    public double Score => Value * Weight;
}
