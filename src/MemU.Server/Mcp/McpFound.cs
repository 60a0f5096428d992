using MemU.Retrieve;

namespace MemU.Server.Mcp;

/// <summary>What was found for a question, best first.</summary>
internal sealed record McpFound(
    bool NeedsRetrieval, IReadOnlyList<McpPassage> Evidence, IReadOnlyList<McpItem> Items, IReadOnlyList<McpCategory> Categories, IReadOnlyList<McpResource> Resources)
{
    public static McpFound From(RetrieveResult r) => new(
        r.NeedsRetrieval,
        [.. r.Evidence.Select(h => McpPassage.From(h.Value, Math.Round(h.Score, 4)))],
        [.. r.Items.Select(h => McpItem.From(h.Value, Math.Round(h.Score, 4)))],
        [.. r.Categories.Select(h => McpCategory.From(h.Value, Math.Round(h.Score, 4)))],
        [.. r.Resources.Select(h => McpResource.From(h.Value, Math.Round(h.Score, 4)))]);
}
