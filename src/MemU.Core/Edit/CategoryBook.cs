using MemU.Storage;

namespace MemU.Edit;

/// <summary>The categories of a space by name, ignoring case, as they were when it was read.</summary>
internal sealed class CategoryBook
{
    private readonly Dictionary<string, MemoryCategory> byName = new(StringComparer.OrdinalIgnoreCase);

    private CategoryBook()
    {
    }

    public static async Task<CategoryBook> ReadAsync(IMemoryStore store, MemoryScope scope, CancellationToken cancellationToken)
    {
        var book = new CategoryBook();
        var page = new PageRequest { Limit = PageRequest.MaxLimit };
        while (true)
        {
            var categories = await store.ListCategoriesAsync(scope, page, cancellationToken);
            foreach (var category in categories.Items)
            {
                // Newest first: where only case differs, the older one is meant.
                book.byName[category.Name] = category;
            }

            if (categories.NextCursor is null)
            {
                return book;
            }

            page = page with { Cursor = categories.NextCursor };
        }
    }

    public MemoryCategory? Get(string name) => byName.GetValueOrDefault(name.Trim());

    /// <exception cref="ArgumentException">Another category has the name.</exception>
    public void MustBeFree(string name, string? ownId)
    {
        if (Get(name) is { } taken && taken.Id != ownId)
        {
            throw new ArgumentException($"This space has a category named '{taken.Name}' already. Choose another name, or edit that category.", nameof(name));
        }
    }
}
