namespace MemU.Text;

/// <summary>
/// English words of like meaning: illness → sick, disease, flu. A table of some 14,000 terms that comes with the library, made once from the vectors that a small model gives to
/// single words (docs/decisions/0025-related-words.md); no model is run. Read into memory at the first use. Thread-safe.
/// </summary>
internal static class RelatedWords
{
    private const string Resource = "MemU.Text.related-words.bin";

    private static readonly Lazy<RelatedTable> Loaded = new(Load);

    /// <summary>The table.</summary>
    public static RelatedTable Table => Loaded.Value;

    /// <summary>The terms of like meaning, nearest first, each with how near it is, above 0 to 1; empty for a term that is not known.</summary>
    public static IReadOnlyList<(string Term, float Nearness)> Of(string term) => Table.Of(term);

    private static RelatedTable Load()
    {
        using var stream = typeof(RelatedWords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly {typeof(RelatedWords).Assembly.GetName().Name} has no resource '{Resource}'. Build it anew from its sources.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new RelatedTable(bytes);
    }
}
