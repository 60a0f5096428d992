using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>Searches one tier by the method asked for and keeps what was found in the run. Thread-safe.</summary>
internal sealed class TierSearch(IMemoryStore store, RagSearch rag, ReasonerSearch reasoner)
{
    public async Task SearchAsync(Retrieval run, SpaceTextIndex space, MemoryTier tier, CancellationToken cancellationToken)
    {
        var hits = run.Options.Method == RetrieveMethod.Llm
            ? await reasoner.SearchAsync(run, tier, cancellationToken)
            : await rag.SearchAsync(run, space, tier, cancellationToken);
        switch (tier)
        {
            case MemoryTier.Categories:
                run.Categories = hits.With(await store.GetCategoriesAsync(run.Scope, hits.Ids(), cancellationToken), c => c.Id);
                break;
            case MemoryTier.Items:
                var items = hits.With(await store.GetItemsAsync(run.Scope, hits.Ids(), cancellationToken), i => i.Id);
                run.Items = run.Options.Method == RetrieveMethod.Llm ? items : Varied(run, items);
                break;
            default:
                run.Resources = hits.With(await store.GetResourcesAsync(run.Scope, hits.Ids(), cancellationToken), r => r.Id);
                break;
        }
    }

    private static IReadOnlyList<Scored<MemoryItem>> Varied(Retrieval run, IReadOnlyList<Scored<MemoryItem>> items)
    {
        var chosen = Variety.Choose(items, i => i.Summary, run.Options.TopK, run.Options.Diversity);
        return [.. chosen.Select(c => run.Options.Explain ? run.ExplainRepeats("items", c.Hit, c.Hit.Value.Id, c.Repeats) : c.Hit)];
    }
}
