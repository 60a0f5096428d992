namespace MemU.Contracts;

/// <summary>A page of categories, in JSON.</summary>
/// <param name="Categories">The rows of this page.</param>
/// <param name="NextCursor">What to pass as the cursor for the next page; null on the last one.</param>
public sealed record CategoryListJson(IReadOnlyList<CategoryJson> Categories, string? NextCursor)
{
    /// <summary>From the model.</summary>
    public static CategoryListJson From(Page<MemoryCategory> page) => new([.. page.Items.Select(r => CategoryJson.From(r))], page.NextCursor);
}
