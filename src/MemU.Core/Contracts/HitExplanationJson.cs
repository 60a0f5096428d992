using MemU.Retrieve;

namespace MemU.Contracts;

/// <summary>Why a hit has its score, in JSON: the scores of the parts add up to it.</summary>
public sealed record HitExplanationJson(string Id, double Score, IReadOnlyList<ScorePartJson> Parts)
{
    /// <summary>From the model.</summary>
    public static HitExplanationJson From(HitExplanation e) => new(e.Id, e.Parts.Sum(p => p.Score), [.. e.Parts.Select(ScorePartJson.From)]);
}
