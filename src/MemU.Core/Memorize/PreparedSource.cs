using MemU.Reasoning;
using MemU.Resources;

namespace MemU.Memorize;

/// <summary>A source after all reading and extracting, before it meets what the space holds. Nothing has been written yet.</summary>
internal sealed record PreparedSource
{
    public required FetchedSource Fetched { get; init; }

    public required Modality Modality { get; init; }

    /// <summary>From before it was read: a space that was erased since must not get it.</summary>
    public required long ErasureMark { get; init; }

    /// <summary>The row that the source had when it was read; null when it is new.</summary>
    public required Resource? Known { get; init; }

    /// <summary>The passages of <see cref="Known"/>.</summary>
    public required IReadOnlyList<Passage> KnownPassages { get; init; }

    public required string ResourceId { get; init; }

    public required IReadOnlyList<Passage> Passages { get; init; }

    public required IReadOnlyList<ItemDraft> Items { get; init; }

    public required string? Caption { get; init; }
}
