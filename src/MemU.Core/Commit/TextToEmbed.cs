namespace MemU.Commit;

/// <summary>A text and the entry of the vector index that it belongs to. One place says which words of a record are embedded.</summary>
internal sealed record TextToEmbed(string Collection, string Id, string Text)
{
    /// <summary>A source is found by its caption, or by where it came from.</summary>
    public static TextToEmbed Of(Resource resource) =>
        new(VectorCollections.Resources, resource.Id, string.IsNullOrWhiteSpace(resource.Caption) ? resource.Url : resource.Caption);

    /// <summary>An item is found by its summary.</summary>
    public static TextToEmbed? Of(MemoryItem item) =>
        string.IsNullOrWhiteSpace(item.Summary) ? null : new(VectorCollections.Items, item.Id, item.Summary);

    /// <summary>A category is found by what belongs on it.</summary>
    public static TextToEmbed Of(MemoryCategory category) => new(VectorCollections.Categories, category.Id, category.EmbeddingText);

    /// <summary>And by what stands on its page, once something does.</summary>
    public static TextToEmbed? OfSummary(MemoryCategory category) =>
        string.IsNullOrWhiteSpace(category.Summary) ? null : new(VectorCollections.CategorySummaries, category.Id, category.Summary);

    /// <summary>A passage is found by its words.</summary>
    public static TextToEmbed? Of(Passage passage) =>
        string.IsNullOrWhiteSpace(passage.Text) ? null : new(VectorCollections.Passages, passage.Id, passage.Text);

    /// <summary>Those that there are.</summary>
    public static IEnumerable<TextToEmbed> Some(params TextToEmbed?[] texts) => texts.OfType<TextToEmbed>();

    /// <summary>The entry, with the vector that the named model made of the text.</summary>
    public VectorRecord With(ReadOnlyMemory<float> vector, string model) => new() { Collection = Collection, Id = Id, Vector = vector, Text = Text, Model = model };
}
