using MemU.Retrieve;

namespace MemU.Contracts;

/// <summary>What was understood of a question and why each hit has its score, in JSON.</summary>
public sealed record RetrieveExplanationJson
{
#pragma warning disable CS1591 // the names are the contract
    public required QueryUnderstanding Understood { get; init; }
    public required IReadOnlyList<HitExplanationJson> Evidence { get; init; }
    public required IReadOnlyList<HitExplanationJson> Items { get; init; }
    public required IReadOnlyList<HitExplanationJson> Categories { get; init; }
    public required IReadOnlyList<HitExplanationJson> Resources { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static RetrieveExplanationJson From(RetrieveExplanation e) => new()
    {
        Understood = e.Understood,
        Evidence = [.. e.Evidence.Select(HitExplanationJson.From)], Items = [.. e.Items.Select(HitExplanationJson.From)],
        Categories = [.. e.Categories.Select(HitExplanationJson.From)], Resources = [.. e.Resources.Select(HitExplanationJson.From)],
    };
}
