using System.Text;

namespace MemU.Text;

/// <summary>Cuts a text of any script into tokens. Never throws; what is neither letter nor digit parts tokens and is left out.</summary>
internal static class Tokenizer
{
    /// <summary>Longer words and wholes are cut here: they are noise, not language.</summary>
    public const int MaxTokenLength = 64;

    /// <summary>The tokens in their order; a whole comes before its parts.</summary>
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>((text.Length / 5) + 1);
        var at = 0;
        while (at < text.Length)
        {
            var rune = RuneAt(text, at, out var size);
            if (!Scripts.IsWord(rune))
            {
                at += size;
            }
            else if (Scripts.IsUnspaced(rune))
            {
                var end = RunEnd(text, at, unspaced: true);
                Add(tokens, text, at, end, TokenKind.Unspaced);
                at = end;
            }
            else
            {
                var end = CompoundReader.End(text, at);
                CompoundReader.Split(text, at, end, tokens);
                at = end;
            }
        }

        return tokens;
    }

    /// <summary>Where the run of word characters of one kind that starts here ends.</summary>
    public static int RunEnd(string text, int at, bool unspaced)
    {
        while (at < text.Length)
        {
            var rune = RuneAt(text, at, out var size);
            if (!Scripts.IsWord(rune) || Scripts.IsUnspaced(rune) != unspaced)
            {
                break;
            }

            at += size;
        }

        return at;
    }

    /// <summary>Adds the folded stretch as a token unless nothing is left of it.</summary>
    public static void Add(List<Token> tokens, string text, int start, int end, TokenKind kind)
    {
        var folded = Fold(text.AsSpan(start, end - start), kind == TokenKind.Unspaced ? int.MaxValue : MaxTokenLength);
        if (kind == TokenKind.Number)
        {
            folded = folded.TrimStart('0') is { Length: > 0 } digits ? digits : "0";
        }

        if (folded.Length > 0)
        {
            tokens.Add(new Token(folded, start, end - start, kind));
        }
    }

    /// <summary>The folded form of a stretch, at most as long as said.</summary>
    public static string Fold(ReadOnlySpan<char> text, int maxLength = int.MaxValue)
    {
        var capacity = text.Length * CharFolding.MaxLength;
        Span<char> buffer = capacity <= 256 ? stackalloc char[256] : new char[capacity];
        var length = 0;
        while (!text.IsEmpty && length < maxLength)
        {
            Rune.DecodeFromUtf16(text, out var rune, out var size);
            length += CharFolding.Fold(rune, buffer[length..]);
            text = text[size..];
        }

        return buffer[..length].ToString();
    }

    /// <summary>The character at a place; a broken surrogate is U+FFFD of size 1.</summary>
    public static Rune RuneAt(string text, int at, out int size)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out size);
        return rune;
    }
}
