using MemU.Memorize;

namespace MemU.Server.Mcp;

/// <summary>What memorizing left.</summary>
internal sealed record McpMemorized(MemorizeOutcome Outcome, string ResourceId, int Passages, IReadOnlyList<McpItem> Items, IReadOnlyList<string> Warnings)
{
    public static McpMemorized From(MemorizeResult r) =>
        new(r.Outcome, r.Resource.Id, r.Passages, [.. r.Items.Select(i => McpItem.From(i, null))], r.Warnings);
}
