using System.Text.Json.Serialization;
using MemU.Retrieve;

namespace MemU.Contracts;

/// <summary>What was found for a question, in JSON. Every hit carries its score.</summary>
public sealed record RetrieveResultJson
{
#pragma warning disable CS1591 // the names are the contract
    public required bool NeedsRetrieval { get; init; }
    public required string OriginalQuery { get; init; }
    public required string RewrittenQuery { get; init; }
    public required string? NextStepQuery { get; init; }
    public required IReadOnlyList<CategoryJson> Categories { get; init; }
    public required IReadOnlyList<ItemJson> Items { get; init; }
    public required IReadOnlyList<ResourceJson> Resources { get; init; }
    public required IReadOnlyList<PassageJson> Evidence { get; init; }
    public required IReadOnlyList<TraceStepJson> Trace { get; init; }
    public required string Engine { get; init; }
    public required UsageJson Usage { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Context { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ContextTokens { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RetrieveExplanationJson? Explanation { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static RetrieveResultJson From(RetrieveResult r) => new()
    {
        NeedsRetrieval = r.NeedsRetrieval, OriginalQuery = r.OriginalQuery, RewrittenQuery = r.RewrittenQuery, NextStepQuery = r.NextStepQuery,
        Categories = [.. r.Categories.Select(h => CategoryJson.From(h.Value, h.Score))],
        Items = [.. r.Items.Select(h => ItemJson.From(h.Value, h.Score))],
        Resources = [.. r.Resources.Select(h => ResourceJson.From(h.Value, h.Score))],
        Evidence = [.. r.Evidence.Select(h => PassageJson.From(h.Value, h.Score))],
        Trace = [.. r.Trace.Select(TraceStepJson.From)], Engine = r.Engine, Usage = UsageJson.From(r.Usage), Warnings = r.Warnings,
        Context = r.Context, ContextTokens = r.ContextTokens, Explanation = r.Explanation is null ? null : RetrieveExplanationJson.From(r.Explanation),
    };
}
