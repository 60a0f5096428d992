namespace MemU.Text;

/// <summary>Reads what stands between blanks in spaced scripts: words, numbers, dates, addresses, names of code.</summary>
internal static class CompoundReader
{
    private const string InAddress = "+&=?%#~,!";

    /// <summary>Where the compound that starts here ends: letters and digits, joined by signs that have letters or digits on both sides.</summary>
    public static int End(string text, int start)
    {
        var at = Tokenizer.RunEnd(text, start, unspaced: false);
        var address = text.AsSpan(start, at - start).Equals("www", StringComparison.OrdinalIgnoreCase);
        while (at < text.Length)
        {
            var next = at + 1;
            if (text.AsSpan(at).StartsWith("://"))
            {
                address = true;
                next = at + 3;
            }
            else if (!Joins(text, at, address))
            {
                break;
            }
            else if (address)
            {
                // an address may hold several signs in a row: "/?q="
                while (next < text.Length && Joins(text, next, address))
                {
                    next++;
                }
            }

            var end = Tokenizer.RunEnd(text, next, unspaced: false);
            if (end == next)
            {
                break;
            }

            at = end;
        }

        return WithPlusOrSharp(text, start, at);
    }

    /// <summary>Adds the compound's tokens: the whole when it means more than its parts, then the parts.</summary>
    public static void Split(string text, int start, int end, List<Token> tokens)
    {
        if (IsGroupedNumber(text, start, end))
        {
            var digits = text[start..end].Replace(",", "");
            tokens.Add(new Token(digits.TrimStart('0') is { Length: > 0 } d ? d : "0", start, end - start, TokenKind.Number));
            return;
        }

        var whole = start + SchemeLength(text.AsSpan(start, end - start));
        if (MeansMore(text, whole, end))
        {
            Tokenizer.Add(tokens, text, whole, end, TokenKind.Whole);
        }

        for (var at = whole; at < end;)
        {
            var stop = Tokenizer.RunEnd(text, at, unspaced: false);
            if (stop == at)
            {
                at++;
                continue;
            }

            at = WordReader.Read(text, whole, at, Math.Min(stop, end), end, tokens);
        }
    }

    private static bool Joins(string text, int at, bool address)
    {
        var c = text[at];
        return c switch
        {
            '.' or '_' or '-' or '@' or '/' or '\\' => true,
            '\'' or '\u2019' or '\u02BC' or '\uFF07' => !address,
            ':' => address || (DigitBefore(text, at) && DigitAfter(text, at)),
            ',' => address || (DigitBefore(text, at) && DigitAfter(text, at)),
            _ => address && InAddress.Contains(c),
        };
    }

    private static bool DigitBefore(string text, int at) => at > 0 && char.IsAsciiDigit(text[at - 1]);

    private static bool DigitAfter(string text, int at) => at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    // C++, C#, F#
    private static int WithPlusOrSharp(string text, int start, int end)
    {
        if (end - start > 2)
        {
            return end;
        }

        var after = text.AsSpan(end);
        var longer = after.StartsWith("++") ? end + 2 : after.StartsWith("#") ? end + 1 : end;
        return longer < text.Length && char.IsLetterOrDigit(text[longer]) ? end : longer;
    }

    private static bool IsGroupedNumber(string text, int start, int end)
    {
        var seen = false;
        for (var i = start; i < end; i++)
        {
            if (text[i] == ',')
            {
                seen = true;
                if (i + 4 > end || (i + 4 < end && text[i + 4] != ','))
                {
                    return false;
                }
            }
            else if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }
        }

        return seen;
    }

    private static int SchemeLength(ReadOnlySpan<char> compound)
    {
        var scheme = compound.IndexOf("://");
        var length = scheme < 0 ? 0 : scheme + 3;
        return compound[length..].StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? length + 4 : length;
    }

    private static bool MeansMore(string text, int start, int end)
    {
        var (digit, letter, sign, mark) = (false, false, false, false);
        for (var i = start; i < end; i++)
        {
            var c = text[i];
            digit |= char.IsDigit(c);
            letter |= char.IsLetter(c);
            sign |= c is '.' or '-' or '/' or ':' or ',' or '\\';
            mark |= c is '@' or '_' or '+' or '#' or '=' or '.' or '\\';
        }

        return mark || (digit && (sign || letter) && !IsOrdinal(text.AsSpan(start, end - start)));
    }

    /// <summary>True for 1st, 22nd, 3rd, 15th.</summary>
    public static bool IsOrdinal(ReadOnlySpan<char> word) =>
        word.Length > 2 && word[..^2].IndexOfAnyExceptInRange('0', '9') < 0
        && (word.EndsWith("st", StringComparison.OrdinalIgnoreCase) || word.EndsWith("nd", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith("rd", StringComparison.OrdinalIgnoreCase) || word.EndsWith("th", StringComparison.OrdinalIgnoreCase));
}
