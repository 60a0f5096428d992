using System.Collections.Concurrent;
using MemU.Retrieve.Evidence;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>
/// Everything of one space that is searched by words, as it was at one revision. Its statistics (how rare a word is, how long a text) are
/// those of this space alone. Holds no text. Immutable but for what it learns about the vectors; thread-safe.
/// </summary>
internal sealed class SpaceTextIndex
{
    /// <summary>The version of the space from which it was read.</summary>
    public required SpaceVersion Version { get; init; }

    /// <summary>Topic pages by name, description and summary.</summary>
    public required TierIndex Categories { get; init; }

    /// <summary>Whether a category has a summary, by its number.</summary>
    public required bool[] Summarized { get; init; }

    /// <summary>Whether there is anything on a category's page, by its number.</summary>
    public required bool[] Filled { get; init; }

    /// <summary>Memories by their summary.</summary>
    public required TierIndex Items { get; init; }

    /// <summary>The numbers of the passages from which an item was drawn, in their order, by the item's number.</summary>
    public required int[][] PassagesOfItem { get; init; }

    /// <summary>Sources by caption and name.</summary>
    public required TierIndex Resources { get; init; }

    /// <summary>The content hash of every resource, by its number; null where the store has none.</summary>
    public required string?[] ContentHashes { get; init; }

    /// <summary>The number of the resource in which a passage stands, by the passage's number; −1 when it is gone.</summary>
    public required int[] ResourceOfPassage { get; init; }

    /// <summary>The words themselves.</summary>
    public required PassageIndex Passages { get; init; }

    /// <summary>Collections whose vectors were all there: they can only change with the revision.</summary>
    public ConcurrentDictionary<string, bool> CompleteVectors { get; } = new(StringComparer.Ordinal);

    public long ApproximateBytes =>
        Categories.ApproximateBytes + Items.ApproximateBytes + Resources.ApproximateBytes + Passages.ApproximateBytes
        + PassagesOfItem.Sum(p => 24L + (4 * p.Length)) + (4L * ResourceOfPassage.Length);
}
