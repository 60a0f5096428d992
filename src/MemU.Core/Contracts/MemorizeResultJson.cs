using MemU.Memorize;

namespace MemU.Contracts;

/// <summary>What a source left in memory, in JSON.</summary>
public sealed record MemorizeResultJson
{
#pragma warning disable CS1591 // the names are the contract
    public required MemorizeOutcome Outcome { get; init; }
    public required ResourceJson Resource { get; init; }
    public required IReadOnlyList<ItemJson> Items { get; init; }
    public required IReadOnlyList<CategoryJson> Categories { get; init; }
    public required IReadOnlyList<RelationJson> Relations { get; init; }
    public required int Passages { get; init; }
    public required string Engine { get; init; }
    public required UsageJson Usage { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }
    public required bool IndexPending { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static MemorizeResultJson From(MemorizeResult r) => new()
    {
        Outcome = r.Outcome, Resource = ResourceJson.From(r.Resource), Items = [.. r.Items.Select(i => ItemJson.From(i))],
        Categories = [.. r.Categories.Select(c => CategoryJson.From(c))], Relations = [.. r.Relations.Select(RelationJson.From)],
        Passages = r.Passages, Engine = r.Engine, Usage = UsageJson.From(r.Usage), Warnings = r.Warnings, IndexPending = r.IndexPending,
    };
}
