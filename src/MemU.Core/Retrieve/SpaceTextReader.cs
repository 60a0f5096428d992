using MemU.Retrieve.Evidence;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>Reads a whole space page by page and makes its <see cref="SpaceTextIndex"/>.</summary>
internal sealed class SpaceTextReader(IMemoryStore store)
{
    /// <summary>
    /// Reads the space. What is committed meanwhile may be in it or not; its revision is the one from before, so that the next question
    /// reads again.
    /// </summary>
    public async Task<SpaceTextIndex> ReadAsync(MemoryScope scope, long revision, CancellationToken cancellationToken)
    {
        var resources = new TierIndexBuilder();
        await foreach (var resource in StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), cancellationToken))
        {
            resources.Add(resource.Id, resource.Caption, NameOf(resource.Url));
        }

        var resourceIndex = resources.Build(Enumerable.Range(0, resources.Count));
        var passages = new PassageIndexBuilder();
        var resourceOfPassage = new List<int>();
        await foreach (var passage in StorePaging.AllAsync((page, token) => store.ListPassagesAsync(scope, null, page, token), cancellationToken))
        {
            passages.Add(passage);
            resourceOfPassage.Add(resourceIndex.Numbers.GetValueOrDefault(passage.ResourceId, -1));
        }

        var passageIndex = passages.Build();
        var items = new TierIndexBuilder();
        var passagesOfItem = new List<int[]>();
        var profiles = new List<bool>();
        await foreach (var item in StorePaging.AllAsync((page, token) => store.ListItemsAsync(scope, ItemFilter.All, page, token), cancellationToken))
        {
            items.Add(item.Id, item.Summary);
            profiles.Add(item.MemoryType == MemoryTypes.Profile);
            passagesOfItem.Add([.. item.PassageIds.Select(id => passageIndex.Numbers.GetValueOrDefault(id, -1)).Where(n => n >= 0)]);
        }

        var categories = new TierIndexBuilder();
        var (summarized, filled) = (new List<bool>(), new List<bool>());
        await foreach (var category in StorePaging.AllAsync((page, token) => store.ListCategoriesAsync(scope, page, token), cancellationToken))
        {
            categories.Add(category.Id, category.Name, category.Description, category.Summary);
            summarized.Add(!string.IsNullOrWhiteSpace(category.Summary));
            filled.Add(summarized[^1] || await HasItemsAsync(scope, category, cancellationToken));
        }

        // Asked for nothing in particular: who the person is before what happened lately, and the pages in the order in which they were made.
        return new SpaceTextIndex
        {
            Revision = revision,
            Categories = categories.Build(Enumerable.Range(0, categories.Count).Reverse().Where(n => filled[n])),
            Summarized = [.. summarized],
            Filled = [.. filled],
            Items = items.Build(Enumerable.Range(0, items.Count).OrderByDescending(n => profiles[n])),
            PassagesOfItem = [.. passagesOfItem],
            Resources = resourceIndex,
            ResourceOfPassage = [.. resourceOfPassage],
            Passages = passageIndex,
        };
    }

    private async Task<bool> HasItemsAsync(MemoryScope scope, MemoryCategory category, CancellationToken cancellationToken) =>
        (await store.ListItemsAsync(
            scope, new ItemFilter { CategoryId = category.Id }, new PageRequest { Limit = 1 }, cancellationToken)).Items.Count > 0;

    /// <summary>The file name of a path or URL; the folders before it are the machine's, not the memory's.</summary>
    private static string NameOf(string url) =>
        url.StartsWith("text:", StringComparison.Ordinal) || url.StartsWith("messages:", StringComparison.Ordinal)
            ? ""
            : url[(url.LastIndexOfAny(['/', '\\']) + 1)..];
}
