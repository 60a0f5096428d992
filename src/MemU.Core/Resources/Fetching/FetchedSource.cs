namespace MemU.Resources;

/// <summary>The bytes of a source and what is known about them before they are read.</summary>
internal sealed record FetchedSource
{
    /// <summary>The identity of the source within its space.</summary>
    public required string Url { get; init; }

    /// <summary>Another url under which an earlier version may have stored the same source (a path as the caller wrote it).</summary>
    public string? FormerUrl { get; init; }

    /// <summary>A name whose ending tells the format.</summary>
    public required string FileName { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the content.</summary>
    public required string Hash { get; init; }

    /// <summary>What the web server said it is; null for other sources.</summary>
    public string? MediaType { get; init; }

    /// <summary>The character set that the web server named; null otherwise.</summary>
    public string? Charset { get; init; }

    /// <summary>The modality that follows from the kind of source; null when it must be guessed.</summary>
    public Modality? Modality { get; init; }
}
