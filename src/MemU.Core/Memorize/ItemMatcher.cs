using MemU.Commit;
using MemU.Storage;

namespace MemU.Memorize;

/// <summary>
/// Matches the memories drawn from a source with those that the space holds: what the source said before keeps its id, what another source says in the
/// same words gains evidence instead of a double, what the source no longer says goes to the history. Thread-safe.
/// </summary>
internal sealed class ItemMatcher(IMemoryStore store, IdSource ids, TimeProvider time)
{
    public async Task<MatchedItems> MatchAsync(MemoryScope scope, PreparedSource source, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var own = source.Known is null ? [] : await store.AllItemsAsync(scope, new ItemFilter { ResourceId = source.Known.Id }, cancellationToken);
        var ownByWords = own.GroupBy(Words).ToDictionary(g => g.Key, g => g.First());
        var others = (await store.GetItemsBySummaryAsync(scope, [.. source.Items.Select(d => d.Content)], cancellationToken))
            .Where(i => i.ResourceId != source.ResourceId)
            .GroupBy(Words)
            .ToDictionary(g => g.Key, g => g.MinBy(i => i.Id, StringComparer.Ordinal)!);

        // Evidence in the source's former passages is given anew by its drafts; evidence elsewhere stays.
        var former = source.KnownPassages.Select(p => p.Id).ToHashSet();
        List<(MemoryItem, Reasoning.ItemDraft)> pairs = [];
        List<MemoryItem> changed = [];
        HashSet<string> kept = [];
        foreach (var draft in source.Items)
        {
            var words = (draft.MemoryType, draft.Content);
            if (ownByWords.TryGetValue(words, out var before))
            {
                kept.Add(before.Id);
                pairs.Add((before with { PassageIds = Evidence(draft.PassageIds, before.PassageIds.Except(former)), HappenedAt = draft.HappenedAt }, draft));
            }
            else if (others.TryGetValue(words, out var elsewhere))
            {
                changed.Add(elsewhere with { PassageIds = Evidence(elsewhere.PassageIds.Except(former), draft.PassageIds) });
            }
            else
            {
                pairs.Add((
                    new MemoryItem
                    {
                        Scope = scope, Id = ids.Next(), ResourceId = source.ResourceId, MemoryType = draft.MemoryType, Summary = draft.Content,
                        CreatedAt = now, HappenedAt = draft.HappenedAt, PassageIds = draft.PassageIds,
                    },
                    draft));
            }
        }

        var (moved, removed) = await ItemRemoval.PlanAsync(store, scope, [.. own.Where(i => !kept.Contains(i.Id))], source.ResourceId, cancellationToken);
        List<MemoryItem> touched = [.. changed, .. moved];
        return new MatchedItems(pairs)
        {
            Before = [.. own, .. others.Values],
            Changed = touched,
            OtherSources = await store.GetResourcesAsync(scope, [.. touched.Select(i => i.ResourceId).Distinct()], cancellationToken),
            Removed = removed,
            History = [.. removed.Select(i => new ItemRevision
            {
                Scope = scope, Id = ids.Next(), ItemId = i.Id, ResourceId = i.ResourceId, MemoryType = i.MemoryType, Summary = i.Summary,
                CreatedAt = i.CreatedAt, ReplacedAt = now, Reason = "source changed",
            })],
        };
    }

    private static IReadOnlyList<string> Evidence(IEnumerable<string> first, IEnumerable<string> then) => [.. first.Union(then)];

    private static (string Type, string Summary) Words(MemoryItem item) => (item.MemoryType, item.Summary);
}
