using System.Security.Cryptography;
using System.Text;

namespace MemU.Resources;

/// <summary>Gets the bytes of a source, whatever kind of source it is. Thread-safe.</summary>
/// <param name="http">For URLs; its handler decides which addresses may be reached.</param>
internal sealed class SourceFetcher(HttpClient http)
{
    /// <summary>Fetches a source.</summary>
    /// <exception cref="ResourceException">It is missing, empty, too large or cannot be read.</exception>
    public Task<FetchedSource> FetchAsync(ResourceRef source, long maxBytes, CancellationToken cancellationToken) => source switch
    {
        FileSource file => FetchFileAsync(file, maxBytes, cancellationToken),
        UrlSource url => FetchUrlAsync(url, maxBytes, cancellationToken),
        StreamSource stream => FetchStreamAsync(stream, maxBytes, cancellationToken),
        TextSource text => Task.FromResult(FromText(text)),
        MessagesSource messages => Task.FromResult(FromMessages(messages)),
        _ => throw new ArgumentException($"A source of the kind {source.GetType().Name} is not known.", nameof(source)),
    };

    private static async Task<FetchedSource> FetchFileAsync(FileSource source, long maxBytes, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(source.Path);
        if (Directory.Exists(path))
        {
            throw Failed(source, $"'{source.Path}' is a folder. Name the files in it.");
        }

        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true);
            var bytes = await ReadAllAsync(stream, source, maxBytes, cancellationToken);
            return Fetched(path, Path.GetFileName(path), bytes, source) with { FormerUrl = source.Path == path ? null : source.Path };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed(source, $"There is no file '{source.Path}'. Check the path (looked for at '{path}').", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(source, $"The file '{source.Path}' cannot be read: {e.Message}", e);
        }
    }

    private async Task<FetchedSource> FetchUrlAsync(UrlSource source, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(source.Uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw Failed(source, $"'{source.DisplayName}' answered {(int)response.StatusCode} {response.ReasonPhrase}. Check the URL and whether it needs a login.");
            }

            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var bytes = await ReadAllAsync(stream, source, maxBytes, cancellationToken);
            var name = Path.GetFileName(Uri.UnescapeDataString(source.Uri.AbsolutePath));
            var type = response.Content.Headers.ContentType;
            return Fetched(source.Uri.AbsoluteUri, name.Length == 0 ? source.Uri.Host : name, bytes, source) with
            {
                MediaType = type?.MediaType,
                Charset = type?.CharSet?.Trim('"'),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Failed(source, $"'{source.DisplayName}' cannot be fetched: {(e is OperationCanceledException ? "it took too long" : e.Message)}.", e);
        }
    }

    private static async Task<FetchedSource> FetchStreamAsync(StreamSource source, long maxBytes, CancellationToken cancellationToken)
    {
        var bytes = await ReadAllAsync(source.Content, source, maxBytes, cancellationToken);
        return Fetched(source.Identity ?? $"stream:{Hash(bytes)}", source.FileName, bytes, source);
    }

    private static FetchedSource FromText(TextSource source)
    {
        var bytes = Encoding.UTF8.GetBytes(source.Content);
        return Fetched($"text:{source.Name ?? Hash(bytes)}", "text.txt", bytes, source);
    }

    private static FetchedSource FromMessages(MessagesSource source)
    {
        var bytes = MessagesJson.ToUtf8(source.Turns);
        return Fetched($"messages:{source.Name ?? Hash(bytes)}", "messages.json", source.Turns.Count == 0 ? [] : bytes, source) with
        {
            Modality = MemU.Modality.Conversation,
        };
    }

    private static FetchedSource Fetched(string url, string fileName, byte[] bytes, ResourceRef source) => bytes.Length == 0
        ? throw Failed(source, $"'{source.DisplayName}' is empty: there is nothing to memorize.")
        : new() { Url = url, FileName = fileName, Content = bytes, Hash = Hash(bytes) };

    private static async Task<byte[]> ReadAllAsync(Stream stream, ResourceRef source, long maxBytes, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (memory.Length + read > maxBytes)
            {
                throw Failed(source, $"'{source.DisplayName}' is larger than {maxBytes:N0} bytes. Split it, or raise MemorizeOptions.MaxSourceBytes.");
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static ResourceException Failed(ResourceRef source, string message, Exception? inner = null) =>
        new(message, inner) { ResourceUrl = source.DisplayName };
}
