using MemU.Retrieve.Evidence;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>Reads a whole space page by page and makes its <see cref="SpaceTextIndex"/>.</summary>
internal sealed class SpaceTextReader(IMemoryStore store)
{
    /// <summary>
    /// Reads the space. What is committed meanwhile may be in it or not; its version is the one from before, so that the next question
    /// reads again. What an earlier index holds already is taken from there.
    /// </summary>
    /// <param name="scope">The space.</param>
    /// <param name="version">Its version.</param>
    /// <param name="passageCount">How many passages the store counts at that version.</param>
    /// <param name="previous">The index of an earlier revision of the same epoch; null when there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SpaceTextIndex> ReadAsync(
        MemoryScope scope, SpaceVersion version, long passageCount, SpaceTextIndex? previous, CancellationToken cancellationToken)
    {
        var resources = new TierIndexBuilder(previous?.Resources);
        var (resourceIds, hashes) = (new List<string>(), new List<string?>());
        await foreach (var resource in StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), cancellationToken))
        {
            resources.Add(resource.Id, resource.Caption, NameOf(resource.Url));
            resourceIds.Add(resource.Id);
            hashes.Add(resource.ContentHash);
        }

        var resourceIndex = resources.Build(Enumerable.Range(0, resources.Count));
        var (passageIndex, resourceOfPassage) =
            await FurtherPassagesAsync(scope, previous, resourceIndex, resourceIds, hashes, passageCount, cancellationToken)
            ?? await AllPassagesAsync(scope, resourceIndex, cancellationToken);
        var items = new TierIndexBuilder(previous?.Items);
        var passagesOfItem = new List<int[]>();
        var profiles = new List<bool>();
        await foreach (var item in StorePaging.AllAsync((page, token) => store.ListItemsAsync(scope, ItemFilter.All, page, token), cancellationToken))
        {
            items.Add(item.Id, item.Summary);
            profiles.Add(item.MemoryType == MemoryTypes.Profile);
            passagesOfItem.Add([.. item.PassageIds.Select(passageIndex.Ids.Find).Where(n => n >= 0).Order()]);
        }

        var categories = new TierIndexBuilder(previous?.Categories);
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
            Version = version,
            Categories = categories.Build(Enumerable.Range(0, categories.Count).Reverse().Where(n => filled[n])),
            Summarized = [.. summarized],
            Filled = [.. filled],
            Items = items.Build(Enumerable.Range(0, items.Count).OrderByDescending(n => profiles[n])),
            PassagesOfItem = [.. passagesOfItem],
            Resources = resourceIndex,
            ContentHashes = [.. hashes],
            ResourceOfPassage = resourceOfPassage,
            Passages = passageIndex,
        };
    }

    private async Task<(PassageIndex Index, int[] ResourceOfPassage)> AllPassagesAsync(MemoryScope scope, TierIndex resources, CancellationToken cancellationToken)
    {
        var (builder, resourceOfPassage) = (new PassageIndexBuilder(), new List<int>());
        await foreach (var passage in StorePaging.AllAsync((page, token) => store.ListPassagesAsync(scope, null, page, token), cancellationToken))
        {
            builder.Add(passage);
            resourceOfPassage.Add(resources.Ids.Find(passage.ResourceId));
        }

        return (builder.Build(), [.. resourceOfPassage]);
    }

    /// <summary>
    /// The earlier passages and those of resources that came since; null when anything else happened: a resource changed or went, or one came that is not
    /// the newest, so that its passages would not stand at the end.
    /// </summary>
    private async Task<(PassageIndex Index, int[] ResourceOfPassage)?> FurtherPassagesAsync(
        MemoryScope scope, SpaceTextIndex? previous, TierIndex resources, List<string> ids, List<string?> hashes, long passageCount,
        CancellationToken cancellationToken)
    {
        if (previous is null || previous.Passages.Count == 0)
        {
            return null;
        }

        var fresh = new List<string>();
        var newestKnown = previous.Resources.Ids.Strings.Max(StringComparer.Ordinal)!;
        for (var i = 0; i < ids.Count; i++)
        {
            var known = previous.Resources.Ids.Find(ids[i]);
            if (known < 0)
            {
                fresh.Add(ids[i]);
            }
            else if (hashes[i] is null || hashes[i] != previous.ContentHashes[known])
            {
                return null;
            }
        }

        if (ids.Count - fresh.Count != previous.Resources.Count || fresh.Exists(f => string.CompareOrdinal(f, newestKnown) < 0))
        {
            return null;
        }

        var builder = new PassageIndexBuilder(previous.Passages);
        var resourceOfPassage = previous.ResourceOfPassage.Select(r => r < 0 ? -1 : resources.Ids.Find(previous.Resources.Ids[r])).ToList();
        foreach (var id in fresh.Order(StringComparer.Ordinal))
        {
            await foreach (var passage in StorePaging.AllAsync((page, token) => store.ListPassagesAsync(scope, id, page, token), cancellationToken))
            {
                builder.Add(passage);
                resourceOfPassage.Add(resources.Ids.Find(id));
            }
        }

        return resourceOfPassage.Count == passageCount ? (builder.Build(), [.. resourceOfPassage]) : null;
    }

    private async Task<bool> HasItemsAsync(MemoryScope scope, MemoryCategory category, CancellationToken cancellationToken) =>
        (await store.ListItemsAsync(
            scope, new ItemFilter { CategoryId = category.Id }, new PageRequest { Limit = 1 }, cancellationToken)).Items.Count > 0;

    /// <summary>The file name of a path or URL; the folders before it are the machine's, not the memory's.</summary>
    public static string NameOf(string url) =>
        url.StartsWith("text:", StringComparison.Ordinal) || url.StartsWith("messages:", StringComparison.Ordinal)
            ? ""
            : url[(url.LastIndexOfAny(['/', '\\']) + 1)..];
}
