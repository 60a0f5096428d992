namespace MemU.Retrieve.Evidence;

/// <summary>How much of the way to a perfect match with the question vectors cover, 0 to 1.</summary>
/// <param name="Own">The passage.</param>
/// <param name="Answer">The passage before, when it asks.</param>
/// <param name="Next">The passage after.</param>
/// <param name="Session">The best of its session.</param>
internal readonly record struct MeaningValues(float Own, float Answer, float Next, float Session)
{
    private const int AlikePower = 6;

    /// <summary>Near 1 only for what is nearly the same.</summary>
    public double Alike => Math.Pow(Own, AlikePower);
}
