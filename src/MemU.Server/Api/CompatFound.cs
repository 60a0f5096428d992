using MemU.Contracts;

namespace MemU.Server.Api;

/// <summary>What a compatible route has found for a question.</summary>
internal sealed record CompatFound(
    bool NeedsRetrieval, string OriginalQuery, string RewrittenQuery, string? NextStepQuery, IReadOnlyList<CategoryJson> Categories, IReadOnlyList<ItemJson> Items,
    IReadOnlyList<ResourceJson> Resources, IReadOnlyList<PassageJson> Evidence)
{
    public static CompatFound From(RetrieveResultJson found) => new(
        found.NeedsRetrieval, found.OriginalQuery, found.RewrittenQuery, found.NextStepQuery, found.Categories, found.Items, found.Resources, found.Evidence);
}
