namespace MemU.Retrieve.Lexical;

/// <summary>The documents in which a term occurs, ascending, and how often it does in each.</summary>
internal readonly ref struct Postings(ReadOnlySpan<int> documents, ReadOnlySpan<ushort> frequencies)
{
    public ReadOnlySpan<int> Documents { get; } = documents;

    public ReadOnlySpan<ushort> Frequencies { get; } = frequencies;
}
