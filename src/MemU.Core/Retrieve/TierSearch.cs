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
                run.Items = hits.With(await store.GetItemsAsync(run.Scope, hits.Ids(), cancellationToken), i => i.Id);
                break;
            default:
                run.Resources = hits.With(await store.GetResourcesAsync(run.Scope, hits.Ids(), cancellationToken), r => r.Id);
                break;
        }
    }
}
