using System.Text.Json;

namespace MemU.Resources;

/// <summary>Turns the bytes of a source into text and blocks. Media must have been turned into text before. Thread-safe.</summary>
internal sealed class SourceReader(IEnumerable<SourceFormat> formats)
{
    private readonly SourceFormat[] formats = [.. formats];

    /// <summary>The modality: as the caller says, as the source implies, or guessed.</summary>
    public async Task<Modality> ModalityOfAsync(FetchedSource source, Modality? wanted, CancellationToken cancellationToken) =>
        wanted ?? source.Modality
        ?? ModalityGuess.OfMedia(source.FileName, source.MediaType, source.Content.Span)
        ?? (FormatOf(source) is not null ? Modality.Document : ModalityGuess.OfText(await TextOfAsync(source, cancellationToken), source.FileName));

    /// <summary>Reads a conversation, a text or a document.</summary>
    /// <exception cref="ResourceException">The bytes cannot be read, or hold no words.</exception>
    public async Task<ReadSource> ReadAsync(FetchedSource source, Modality modality, CancellationToken cancellationToken)
    {
        var text = await TextOfAsync(source, cancellationToken);
        var read = modality == Modality.Conversation ? ReadConversation(text, source.FileName) : DocumentBlocks.Read(text);
        return NotEmpty(read, source.FileName);
    }

    /// <summary>Splits text that a model made of media.</summary>
    public static ReadSource ReadDescription(string text, string name) => NotEmpty(DocumentBlocks.Read(text), name);

    private static ReadSource ReadConversation(string text, string name)
    {
        if (!JsonConversation.LooksLikeJson(text))
        {
            return PlainConversation.Read(text);
        }

        try
        {
            return JsonConversation.Read(text) ?? throw new ResourceException(
                $"'{name}' is JSON, but no conversation: it needs a list of messages, or an object with such a list under 'content', 'messages' or 'conversation'; "
                + "a message has 'role' and 'content'. To memorize it as it is, use the modality 'document'.")
            {
                ResourceUrl = name,
            };
        }
        catch (JsonException e) when (PlainConversation.LooksLikeOne(text))
        {
            _ = e; // "[12:00] Alice: …" begins like JSON and is none.
            return PlainConversation.Read(text);
        }
        catch (JsonException e)
        {
            throw new ResourceException(
                $"'{name}' begins like JSON but is not well-formed (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}). Mend the JSON, or write one 'role: text' a line. "
                + "To memorize it as it is, use the modality 'document'.", e)
            {
                ResourceUrl = name,
            };
        }
    }

    private Task<string> TextOfAsync(FetchedSource source, CancellationToken cancellationToken) =>
        FormatOf(source) is { } format
            ? format.ReadAsync(source.Content, source.FileName, source.Charset, cancellationToken)
            : Task.FromResult(TextDecoder.Decode(source.Content.Span, source.Charset, source.FileName));

    private SourceFormat? FormatOf(FetchedSource source) => formats.FirstOrDefault(f => f.Accepts(source.FileName, source.MediaType));

    private static ReadSource NotEmpty(ReadSource read, string name) => read.Blocks.Count > 0
        ? read
        : throw new ResourceException($"'{name}' holds no words: there is nothing to memorize.") { ResourceUrl = name };
}
