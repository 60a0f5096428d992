using MemU.Storage;

namespace MemU.Encryption;

/// <summary>
/// Which fields of a record are encrypted, and how. What is looked up by its text (a url, an item's words, a category's name) is bound to the field only; everything
/// else to its row too. Ids, types, positions, sizes and times stay as they are.
/// </summary>
internal static class SealedRecords
{
    private const string Url = "resource.url";
    private const string LocalPath = "resource.local_path";
    private const string Caption = "resource.caption";
    private const string ContentHash = "resource.content_hash";
    private const string Role = "passage.role";
    private const string MessageId = "passage.message_id";
    private const string Text = "passage.text";
    private const string ItemSummary = "item.summary";
    private const string Name = "category.name";
    private const string Description = "category.description";
    private const string CategorySummary = "category.summary";
    private const string Former = "history.summary";
    private const string AnyRow = "";

    public static string SealUrl(this SpaceCipher cipher, string url) => cipher.Seal(Url, AnyRow, url);

    public static string SealItemSummary(this SpaceCipher cipher, string summary) => cipher.Seal(ItemSummary, AnyRow, summary);

    public static string OpenCategoryName(this SpaceCipher cipher, string name) => cipher.Open(Name, AnyRow, name);

    public static Resource Seal(this SpaceCipher cipher, Resource r) => r with
    {
        Url = cipher.SealUrl(r.Url),
        LocalPath = cipher.Seal(LocalPath, r.Id, r.LocalPath),
        Caption = cipher.Seal(Caption, r.Id, r.Caption),
        ContentHash = cipher.Seal(ContentHash, r.Id, r.ContentHash),
    };

    public static Resource Open(this SpaceCipher cipher, Resource r) => r with
    {
        Url = cipher.Open(Url, AnyRow, r.Url),
        LocalPath = cipher.Open(LocalPath, r.Id, r.LocalPath),
        Caption = cipher.Open(Caption, r.Id, r.Caption),
        ContentHash = cipher.Open(ContentHash, r.Id, r.ContentHash),
    };

    public static Passage Seal(this SpaceCipher cipher, Passage p) => p with
    {
        Role = cipher.Seal(Role, p.Id, p.Role),
        MessageId = cipher.Seal(MessageId, p.Id, p.MessageId),
        Text = cipher.Seal(Text, p.Id, p.Text),
    };

    public static Passage Open(this SpaceCipher cipher, Passage p) => p with
    {
        Role = cipher.Open(Role, p.Id, p.Role),
        MessageId = cipher.Open(MessageId, p.Id, p.MessageId),
        Text = cipher.Open(Text, p.Id, p.Text),
    };

    public static MemoryItem Seal(this SpaceCipher cipher, MemoryItem i) => i with { Summary = cipher.SealItemSummary(i.Summary) };

    public static MemoryItem Open(this SpaceCipher cipher, MemoryItem i) => i with { Summary = cipher.Open(ItemSummary, AnyRow, i.Summary) };

    public static MemoryCategory Seal(this SpaceCipher cipher, MemoryCategory c) => c with
    {
        Name = cipher.Seal(Name, AnyRow, c.Name),
        Description = cipher.Seal(Description, c.Id, c.Description),
        Summary = cipher.Seal(CategorySummary, c.Id, c.Summary),
    };

    public static MemoryCategory Open(this SpaceCipher cipher, MemoryCategory c) => c with
    {
        Name = cipher.OpenCategoryName(c.Name),
        Description = cipher.Open(Description, c.Id, c.Description),
        Summary = cipher.Open(CategorySummary, c.Id, c.Summary),
    };

    public static ItemRevision Seal(this SpaceCipher cipher, ItemRevision h) => h with { Summary = cipher.Seal(Former, h.Id, h.Summary) };

    public static ItemRevision Open(this SpaceCipher cipher, ItemRevision h) => h with { Summary = cipher.Open(Former, h.Id, h.Summary) };

    /// <summary>The changes as they are stored; expectations become what the stored rows are compared with. Vectors are left to the store.</summary>
    public static MemoryChanges Seal(this SpaceCipher cipher, MemoryChanges changes) => changes with
    {
        ExpectedItems = [.. changes.ExpectedItems.Select(cipher.Seal)],
        Resources = [.. changes.Resources.Select(w => new ResourceWrite(
            cipher.Seal(w.Resource), w.Exists, cipher.Seal(ContentHash, w.Resource.Id, w.ExpectedContentHash)))],
        Passages = [.. changes.Passages.Select(cipher.Seal)],
        Categories = [.. changes.Categories.Select(cipher.Seal)],
        Summaries = [.. changes.Summaries.Select(w => new SummaryWrite(
            w.CategoryId, cipher.Seal(CategorySummary, w.CategoryId, w.Expected), cipher.Seal(CategorySummary, w.CategoryId, w.Summary)))],
        Items = [.. changes.Items.Select(cipher.Seal)],
        History = [.. changes.History.Select(cipher.Seal)],
    };
}
