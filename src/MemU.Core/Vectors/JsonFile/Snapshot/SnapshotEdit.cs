namespace MemU.Vectors;

/// <summary>A stretch of the old snapshot that something else takes the place of.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where what comes after it begins.</param>
internal sealed record SnapshotEdit(long Start, long End)
{
    /// <summary>JSON before the entries.</summary>
    public string Before { get; init; } = "";

    /// <summary>The entries, with separators between them.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; init; } = [];

    /// <summary>JSON after the entries.</summary>
    public string After { get; init; } = "";

    /// <summary>The collection that the edit adds; null for none.</summary>
    public string? NewCollection { get; init; }

    /// <summary>Members of the one entry that this version does not know.</summary>
    public IReadOnlyList<byte[]> Extra { get; init; } = [];
}
