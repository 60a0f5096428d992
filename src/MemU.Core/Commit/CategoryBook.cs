using MemU.Storage;

namespace MemU.Commit;

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
        foreach (var category in await store.AllCategoriesAsync(scope, cancellationToken))
        {
            // Where only case differs, the older one is meant.
            book.byName.TryAdd(category.Name.Trim(), category);
        }

        return book;
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
