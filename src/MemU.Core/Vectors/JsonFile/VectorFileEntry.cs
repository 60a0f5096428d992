using MemU.Files;

namespace MemU.Vectors;

/// <summary>One entry of a vector file. Immutable.</summary>
internal sealed record VectorFileEntry
{
    public required string Collection { get; init; }

    public required string Id { get; init; }

    /// <summary>The space; null when the file names one that cannot be (a blank or overlong id), or the entry's own id is no valid text. Such an entry is kept and never shown.</summary>
    public MemoryScope? Scope { get; init; }

    public string? Model { get; init; }

    /// <summary>Where its name and value stand in the file.</summary>
    public ByteRange Raw { get; init; }

    /// <summary>Where its text stands in the file, with the quotes; null when there is none.</summary>
    public ByteRange? Text { get; init; }

    /// <summary>Where its members stand that this version does not know; they survive.</summary>
    public IReadOnlyList<ByteRange> Extra { get; init; } = [];

    /// <summary>Where its numbers stand in the file, the closing bracket with them, when they were passed over; null when they were read.</summary>
    public ByteRange? Unread { get; init; }
}
