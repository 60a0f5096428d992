namespace MemU.Contracts;

/// <summary>A page of resources, in JSON.</summary>
/// <param name="Resources">The rows of this page.</param>
/// <param name="NextCursor">What to pass as the cursor for the next page; null on the last one.</param>
public sealed record ResourceListJson(IReadOnlyList<ResourceJson> Resources, string? NextCursor)
{
    /// <summary>From the model.</summary>
    public static ResourceListJson From(Page<Resource> page) => new([.. page.Items.Select(r => ResourceJson.From(r))], page.NextCursor);
}
