using System.Runtime.CompilerServices;
using MemU.Commit;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>What stands behind the entries of each collection of the vector index, read from the metadata in bounded pieces.</summary>
internal static class RecordTexts
{
    /// <summary>Records read at once.</summary>
    public const int PageSize = 500;

    /// <summary>All texts of a collection, page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TextToEmbed>> ListAsync(
        IMemoryStore store, MemoryScope scope, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new PageRequest { Limit = PageSize };
        while (true)
        {
            var (texts, next) = await PageAsync(store, scope, collection, page, cancellationToken);
            if (texts.Count > 0)
            {
                yield return texts;
            }

            if (next is null)
            {
                yield break;
            }

            page = page with { Cursor = next };
        }
    }

    /// <summary>The texts of these records by id; what does not exist (or has nothing to embed) is not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, TextToEmbed>> GetAsync(
        IMemoryStore store, MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        IEnumerable<TextToEmbed?> texts = collection switch
        {
            VectorCollections.Resources => (await store.GetResourcesAsync(scope, ids, cancellationToken)).Select(TextToEmbed.Of),
            VectorCollections.Items => (await store.GetItemsAsync(scope, ids, cancellationToken)).Select(TextToEmbed.Of),
            VectorCollections.Categories => (await store.GetCategoriesAsync(scope, ids, cancellationToken)).Select(TextToEmbed.Of),
            VectorCollections.CategorySummaries => (await store.GetCategoriesAsync(scope, ids, cancellationToken)).Select(TextToEmbed.OfSummary),
            VectorCollections.Passages => (await store.GetPassagesAsync(scope, ids, cancellationToken)).Select(TextToEmbed.Of),
            _ => throw Unknown(collection),
        };
        return texts.OfType<TextToEmbed>().ToDictionary(t => t.Id);
    }

    /// <summary>Rows of a collection, for progress. A category that has no summary counts nevertheless.</summary>
    public static long CountIn(SpaceStatistics statistics, string collection) => collection switch
    {
        VectorCollections.Resources => statistics.Resources,
        VectorCollections.Items => statistics.Items,
        VectorCollections.Categories or VectorCollections.CategorySummaries => statistics.Categories,
        VectorCollections.Passages => statistics.Passages,
        _ => throw Unknown(collection),
    };

    private static async Task<(IReadOnlyList<TextToEmbed> Texts, string? Next)> PageAsync(
        IMemoryStore store, MemoryScope scope, string collection, PageRequest page, CancellationToken cancellationToken)
    {
        switch (collection)
        {
            case VectorCollections.Resources:
                return Texts(await store.ListResourcesAsync(scope, page, cancellationToken), TextToEmbed.Of);
            case VectorCollections.Items:
                return Texts(await store.ListItemsAsync(scope, ItemFilter.All, page, cancellationToken), TextToEmbed.Of);
            case VectorCollections.Categories:
                return Texts(await store.ListCategoriesAsync(scope, page, cancellationToken), TextToEmbed.Of);
            case VectorCollections.CategorySummaries:
                return Texts(await store.ListCategoriesAsync(scope, page, cancellationToken), TextToEmbed.OfSummary);
            case VectorCollections.Passages:
                return Texts(await store.ListPassagesAsync(scope, null, page, cancellationToken), TextToEmbed.Of);
            default:
                throw Unknown(collection);
        }
    }

    private static (IReadOnlyList<TextToEmbed> Texts, string? Next) Texts<T>(Page<T> page, Func<T, TextToEmbed?> text) =>
        ([.. page.Items.Select(text).OfType<TextToEmbed>()], page.NextCursor);

    private static ArgumentException Unknown(string collection) => new($"Unknown collection '{collection}'.", nameof(collection));
}
