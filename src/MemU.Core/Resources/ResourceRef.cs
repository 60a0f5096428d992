using Microsoft.Extensions.AI;

namespace MemU.Resources;

/// <summary>
/// Names a source to memorize: a path, a URL, a stream, a text or messages. Make one with the static methods.
/// </summary>
public abstract record ResourceRef
{
    /// <summary>The url of the source that holds what was added by hand.</summary>
    internal const string NotesUrl = "memu:notes";

    private protected ResourceRef()
    {
    }

    /// <summary>What to call the source in progress and errors. Never its content.</summary>
    public abstract string DisplayName { get; }

    /// <summary>A file. The resource's url is its absolute path.</summary>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public static ResourceRef File(string path) => new FileSource(NotBlank(path, "path"));

    /// <summary>Something on the web, fetched by http or https.</summary>
    /// <exception cref="ArgumentException">The URL is not an absolute http(s) URL.</exception>
    public static ResourceRef Url(string url) =>
        Uri.TryCreate(NotBlank(url, "url").Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new UrlSource(uri)
            : throw new ArgumentException($"'{url}' is not an absolute http or https URL.", nameof(url));

    /// <summary>A text. Its url is <c>text:</c> and its hash, or <c>text:</c> and the name when one is given (so that it can be replaced later).</summary>
    public static ResourceRef Text(string text, string? name = null) => new TextSource(text ?? throw new ArgumentNullException(nameof(text)), name);

    /// <summary>
    /// Messages. The url is <c>messages:</c> and their hash, or <c>messages:</c> and the name when one is given (so that a longer version of the
    /// same conversation replaces it). Author, time and <see cref="ChatMessage.MessageId"/> are kept.
    /// </summary>
    public static ResourceRef Messages(IEnumerable<ChatMessage> messages, string? name = null) =>
        new MessagesSource([.. messages ?? throw new ArgumentNullException(nameof(messages))], name);

    /// <summary>A stream, read to its end and left open. The url is the name if it is one of a kind (for example a URL), else <c>stream:</c> and the hash.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="fileName">A name with an ending that tells the format.</param>
    /// <param name="url">The identity of the source, so that it can be replaced later; null to identify it by its content.</param>
    /// <exception cref="ArgumentException">The name is blank, or the url is <c>memu:notes</c>, which is for notes by hand.</exception>
    public static ResourceRef Stream(Stream stream, string fileName, string? url = null) =>
        url == NotesUrl ? throw new ArgumentException($"The url '{url}' is taken by the notes that are added by hand. Choose another.", nameof(url)) : new StreamSource(stream ?? throw new ArgumentNullException(nameof(stream)), NotBlank(fileName, "fileName"), url);

    /// <summary>A path or an http(s) URL, whichever the words are.</summary>
    public static ResourceRef Parse(string pathOrUrl) =>
        Uri.TryCreate(NotBlank(pathOrUrl, "source").Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new UrlSource(uri)
            : File(pathOrUrl);

    private static string NotBlank(string? value, string name) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException($"The {name} is blank.", name) : value;
}
