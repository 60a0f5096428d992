using MemU.Retrieve;

namespace MemU.Contracts;

/// <summary>What one signal gave to the score of a hit, in JSON; <c>score</c> is value times weight.</summary>
public sealed record ScorePartJson(string Signal, double Value, double Weight, double Score)
{
    /// <summary>From the model.</summary>
    public static ScorePartJson From(ScorePart p) => new(p.Signal, p.Value, p.Weight, p.Score);
}
