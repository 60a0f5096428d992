namespace MemU.Contracts;

/// <summary>A stretch of the bytes of a source in JSON. The stretches of one source follow each other, in order.</summary>
public sealed record BlobJson
{
    /// <summary>The most bytes in one stretch, so that a line stays below a million characters.</summary>
    public const int MaxBytes = 720 * 1024;

    /// <summary>The resource whose bytes they are.</summary>
    public required string ResourceId { get; init; }

    /// <summary>A file name with the ending that tells the format.</summary>
    public string? FileName { get; init; }

    /// <summary>Where the stretch starts, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>The bytes, base64.</summary>
    public required byte[] Data { get; init; }

    /// <summary>True on the last stretch.</summary>
    public bool Last { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of all the bytes; on the last stretch.</summary>
    public string? Sha256 { get; init; }
}
