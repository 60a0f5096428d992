using System.Text;

namespace MemU.Resources;

/// <summary>Turns bytes into text without guessing: what is not valid is an error, never a replacement character.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes by byte order mark, else by the named character set, else as UTF-8.</summary>
    /// <exception cref="ResourceException">The bytes are not text in that encoding; the message says where and what to do.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset, string name)
    {
        var (encoding, skip) = Choose(bytes, charset);
        string text;
        try
        {
            text = encoding.GetString(bytes[skip..]);
        }
        catch (DecoderFallbackException e)
        {
            throw new ResourceException(
                $"'{name}' is not {encoding.WebName} text: byte {skip + e.Index} does not fit. Save it as UTF-8, or memorize it as an image, audio or video if it is one.", e)
            {
                ResourceUrl = name,
            };
        }

        var nul = text.IndexOf('\0');
        return nul < 0 ? text : throw new ResourceException(
            $"'{name}' is not text: it holds a NUL at character {nul}. If it is an image, audio or video, say so with the modality; other binary formats cannot be read.")
        {
            ResourceUrl = name,
        };
    }

    private static (Encoding Encoding, int Skip) Choose(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return (StrictUtf8, 3);
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE, 0, 0]))
        {
            return (new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true), 4);
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]))
        {
            return (new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), 2);
        }

        if (bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            return (new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), 2);
        }

        return (Named(charset) ?? StrictUtf8, 0);
    }

    private static Encoding? Named(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset) || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            // A server's label that no encoding has: the bytes decide, strictly.
            return null;
        }
    }
}
