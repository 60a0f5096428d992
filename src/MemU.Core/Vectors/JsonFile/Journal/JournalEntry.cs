using MemU.Files;

namespace MemU.Vectors;

/// <summary>One record of the journal: an entry that was written or removed. Numbers and text stay in the file. Immutable.</summary>
internal sealed record JournalEntry(MemoryScope Scope, string Collection, string Id)
{
    /// <summary>True when the record removes the entry.</summary>
    public bool IsRemoval { get; init; }

    public string? Model { get; init; }

    /// <summary>Where the numbers stand in the journal.</summary>
    public ByteRange Vector { get; init; }

    /// <summary>Where the text stands in the journal; null when there is none.</summary>
    public ByteRange? Text { get; init; }
}
