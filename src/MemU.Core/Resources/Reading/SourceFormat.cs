namespace MemU.Resources;

/// <summary>
/// A format that is not plain text (HTML, for example), turned into text by a library. Register implementations in the container; the first
/// one that accepts a source reads it. Thread-safe.
/// </summary>
public abstract class SourceFormat
{
    /// <summary>True when this format fits the name's ending or the media type that a web server named.</summary>
    public abstract bool Accepts(string fileName, string? mediaType);

    /// <summary>The text, paragraphs separated by blank lines.</summary>
    /// <exception cref="ResourceException">The bytes are not of this format.</exception>
    public abstract Task<string> ReadAsync(ReadOnlyMemory<byte> content, string fileName, string? charset, CancellationToken cancellationToken);
}
