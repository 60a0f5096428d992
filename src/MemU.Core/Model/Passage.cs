namespace MemU;

/// <summary>
/// A stretch of a resource kept word for word: a turn of a conversation or a paragraph of a document. It is the evidence
/// that items, captions and summaries lead to.
/// </summary>
public sealed record Passage
{
    /// <summary>The space it belongs to.</summary>
    public required MemoryScope Scope { get; init; }

    /// <summary>A version-7 UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The resource it stands in.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Its place among the passages of its resource, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>The segment (topic) of the resource in which it stands, from 0.</summary>
    public int Segment { get; init; }

    /// <summary>Start in the text of the resource, in UTF-16 characters.</summary>
    public required int Start { get; init; }

    /// <summary>Length in UTF-16 characters; <see cref="Text"/> is exactly that stretch.</summary>
    public int Length => Text.Length;

    /// <summary>Who speaks (<c>user</c>, <c>assistant</c>, a name); null in documents.</summary>
    public string? Role { get; init; }

    /// <summary>The caller's own id of the message; null when the source has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it was said; null when the source does not say.</summary>
    public DateTimeOffset? HappenedAt { get; init; }

    /// <summary>The words themselves.</summary>
    public required string Text { get; init; }
}
