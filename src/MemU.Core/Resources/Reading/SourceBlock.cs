namespace MemU.Resources;

/// <summary>A passage to be: a stretch of the text of a source with what is known about it.</summary>
internal sealed record SourceBlock(int Start, int Length)
{
    public string? Role { get; init; }

    public string? MessageId { get; init; }

    public DateTimeOffset? HappenedAt { get; init; }
}
