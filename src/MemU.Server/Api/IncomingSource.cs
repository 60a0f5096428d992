using MemU.Resources;
using MemU.Server.Ingest;
using MemU.Server.Web;

namespace MemU.Server.Api;

/// <summary>A source as a request brought it, checked for what can be checked at once.</summary>
/// <param name="Kind"><c>url</c>, <c>text</c>, <c>messages</c>, <c>path</c> or <c>upload</c>.</param>
/// <param name="Text">The URL, text or path.</param>
/// <param name="Content">The bytes of messages or an upload.</param>
/// <param name="FileName">The name of an upload; its ending tells the format.</param>
/// <param name="Name">The identity that the caller gave it, so that it can be replaced later.</param>
/// <param name="Modality">What kind of source it is; null to guess.</param>
internal sealed record IncomingSource(string Kind, string? Text, byte[]? Content, string? FileName, string? Name, string? Modality)
{
    /// <exception cref="InvalidRequestException">It cannot be a source.</exception>
    public ResourceRef ToRef(LocalFiles files)
    {
        try
        {
            return Kind switch
            {
                "url" => ResourceRef.Url(Text!),
                "text" => ResourceRef.Text(Text!, Name),
                "path" => files.Source(Text!),
                "messages" => ResourceRef.Stream(new MemoryStream(Content!), "messages.json", $"messages:{Name ?? Hash}"),
                _ => ResourceRef.Stream(new MemoryStream(Content!), SafeName(FileName), Name is null ? null : $"upload:{Name}"),
            };
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException(Kind, Problem.MessageOf(e));
        }
    }

    /// <summary>The modality that was asked for; null to guess.</summary>
    /// <exception cref="InvalidRequestException">There is no such modality.</exception>
    public Modality? ToModality()
    {
        try
        {
            return Kind == "messages" ? MemU.Modality.Conversation : Modality is null ? null : MemU.Modality.Parse(Modality);
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException("modality", Problem.MessageOf(e));
        }
    }

    private string Hash => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Content!));

    // Only the last part of a name, and nothing that a file system or a log could take for something else.
    private static string SafeName(string? name)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        var plain = string.Concat(last.EnumerateRunes().Where(r => !System.Text.Rune.IsControl(r)).Take(200));
        return plain.Trim(' ', '.').Length == 0 ? "upload" : plain;
    }
}
