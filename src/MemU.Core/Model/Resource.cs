namespace MemU;

/// <summary>A raw source that was memorized. Its url is unique within its space.</summary>
public sealed record Resource
{
    /// <summary>The space it belongs to.</summary>
    public required MemoryScope Scope { get; init; }

    /// <summary>A version-7 UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Where it came from: an absolute path, a URL, or <c>text:</c>/<c>messages:</c> and a content hash.</summary>
    public required string Url { get; init; }

    /// <summary>What kind of source it is.</summary>
    public required Modality Modality { get; init; }

    /// <summary>
    /// The key of the kept bytes in the blob store; empty when none are kept. Rows written by the Python code hold a path of its own here.
    /// </summary>
    public required string LocalPath { get; init; }

    /// <summary>One sentence that says what it is about; null when there is none.</summary>
    public string? Caption { get; init; }

    /// <summary>When it was first memorized.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the bytes; null in rows written by the Python code.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Size of the kept bytes.</summary>
    public long Size { get; init; }
}
