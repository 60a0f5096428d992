namespace MemU.Contracts;

/// <summary>A page of items, in JSON.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="NextCursor">What to pass as the cursor for the next page; null on the last one.</param>
public sealed record ItemListJson(IReadOnlyList<ItemJson> Items, string? NextCursor)
{
    /// <summary>From the model.</summary>
    public static ItemListJson From(Page<MemoryItem> page) => new([.. page.Items.Select(r => ItemJson.From(r))], page.NextCursor);
}
