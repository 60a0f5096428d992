using MemU.Cli.CommandLine;

namespace MemU.Cli.Verbs;

/// <summary>Finds a category by its id or its name.</summary>
internal static class CategoryLookup
{
    /// <exception cref="MemoryNotFoundException">There is none.</exception>
    public static async Task<MemoryCategory> GetAsync(VerbCall call, string idOrName) =>
        await FindAsync(call, idOrName) ?? throw new MemoryNotFoundException("category", idOrName);

    public static async Task<MemoryCategory?> FindAsync(VerbCall call, string idOrName)
    {
        if (await call.Space.GetCategoryAsync(idOrName, call.Cancel) is { } category)
        {
            return category;
        }

        MemoryCategory? otherCase = null;
        var page = new PageRequest { Limit = PageRequest.MaxLimit };
        while (true)
        {
            var found = await call.Space.ListCategoriesAsync(page, call.Cancel);
            if (found.Items.FirstOrDefault(c => c.Name == idOrName) is { } exact)
            {
                return exact;
            }

            otherCase ??= found.Items.FirstOrDefault(c => string.Equals(c.Name, idOrName.Trim(), StringComparison.OrdinalIgnoreCase));
            if (found.NextCursor is null)
            {
                return otherCase;
            }

            page = page with { Cursor = found.NextCursor };
        }
    }
}
