namespace MemU.Contracts;

/// <summary>A page of the history, in JSON.</summary>
/// <param name="History">The rows of this page.</param>
/// <param name="NextCursor">What to pass as the cursor for the next page; null on the last one.</param>
public sealed record RevisionListJson(IReadOnlyList<RevisionJson> History, string? NextCursor)
{
    /// <summary>From the model.</summary>
    public static RevisionListJson From(Page<ItemRevision> page) => new([.. page.Items.Select(r => RevisionJson.From(r))], page.NextCursor);
}
