namespace MemU.Contracts;

/// <summary>A page of passages, in JSON.</summary>
/// <param name="Passages">The rows of this page.</param>
/// <param name="NextCursor">What to pass as the cursor for the next page; null on the last one.</param>
public sealed record PassageListJson(IReadOnlyList<PassageJson> Passages, string? NextCursor)
{
    /// <summary>From the model.</summary>
    public static PassageListJson From(Page<Passage> page) => new([.. page.Items.Select(r => PassageJson.From(r))], page.NextCursor);
}
