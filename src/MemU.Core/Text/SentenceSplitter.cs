using System.Globalization;
using System.Text;

namespace MemU.Text;

/// <summary>
/// Finds the sentences of a text in any script. Spans point into the text, so its words stay as they are; together they hold every
/// word, without bullets and the blanks between sentences.
/// </summary>
internal static class SentenceSplitter
{
    /// <summary>A longer sentence is cut at a pause: lists and texts without full stops must not become one endless sentence.</summary>
    public const int MaxLength = 500;

    // A shorter line was ended, not wrapped.
    private const int ShortLine = 50;

    // So far on at most, that a text of nothing but marks is read in a time that grows with its length only.
    private const int FarthestWord = 50;

    private const string Wide = "。！？｡．؟۔।॥።။។։‼⁇⁈⁉";
    private const string Closers = "\"')]}»”’」』）】〉》*_~";
    private const string Pauses = ";,:，、；：،—";
    private const string Bullets = "-*+•–—·▪‣◦●○►>";

    /// <summary>The sentences in their order, trimmed and never empty.</summary>
    public static List<TextSpan> Split(string text)
    {
        var sentences = new List<TextSpan>();
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (c is '\n' or '\r' or '\u2028' or '\u2029')
            {
                if (IsBreak(text, at))
                {
                    Add(sentences, text, start, at);
                    start = at + 1;
                }

                at++;
            }
            else if (c is '.' or '!' or '?' or '…' || Wide.Contains(c))
            {
                var end = AfterMarks(text, at, out var quoted);
                if (Ends(text, start, at, end, quoted))
                {
                    end = AfterEmoji(text, end);
                    Add(sentences, text, start, end);
                    start = end;
                }

                at = end;
            }
            else
            {
                at++;
            }
        }

        Add(sentences, text, start, text.Length);
        return sentences;
    }

    private static int AfterMarks(string text, int at, out bool quoted)
    {
        quoted = false;
        while (at < text.Length && (text[at] is '.' or '!' or '?' or '…' || Wide.Contains(text[at])))
        {
            at++;
        }

        while (at < text.Length && Closers.Contains(text[at]))
        {
            quoted |= text[at] is '"' or '”' or '\'' or '’' or '»';
            at++;
        }

        return at;
    }

    private static bool Ends(string text, int start, int mark, int end, bool quoted)
    {
        if (Wide.Contains(text[mark]))
        {
            return true;
        }

        if (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            // "3.5", "a.b", "what?no" go on; a wide script and an emoji need no blank
            var next = Tokenizer.RuneAt(text, end, out _);
            return Scripts.IsUnspaced(next) || (text[mark] != '.' && IsPicture(next)) || (text[mark] == '.' && IsPicture(next) && end - mark == 1);
        }

        var following = NextWordStart(text, end);
        var lower = following < text.Length && char.IsLower(text[following]);
        if (lower && (quoted || text[mark] == '…' || (text[mark] == '.' && mark + 1 < text.Length && text[mark + 1] == '.')))
        {
            return false;
        }

        if (text[mark] != '.' || end - mark > 1)
        {
            return true;
        }

        var wordStart = mark;
        while (wordStart > start && !char.IsWhiteSpace(text[wordStart - 1]) && text[wordStart - 1] is not ('(' or '"'))
        {
            wordStart--;
        }

        var word = text.AsSpan(wordStart, mark - wordStart);
        if (lower && word.Length > 0 && word.IndexOfAnyExcept("0123456789.") < 0)
        {
            return false; // an ordinal of other languages: "am 3.5. um"
        }

        return !(IsListNumber(word) && IsLineStart(text, wordStart)) && !Abbreviations.Keeps(word, following < text.Length && !lower);
    }

    // A line that was only wrapped goes on in lower case.
    private static bool IsBreak(string text, int at)
    {
        if (at < ShortLine || text.AsSpan(at - ShortLine, ShortLine).Contains('\n'))
        {
            return true;
        }

        var next = at + 1;
        if (next < text.Length && text[at] == '\r' && text[next] == '\n')
        {
            next++;
        }

        return next >= text.Length || !char.IsLower(text[next]);
    }

    private static void Add(List<TextSpan> sentences, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        start = AfterBullet(text, start, end);
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        while (end - start > MaxLength)
        {
            var cut = Pause(text, start);
            Add(sentences, text, start, cut);
            start = cut;
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }
        }

        if (end > start)
        {
            sentences.Add(new TextSpan(start, end - start));
        }
    }

    private static int AfterBullet(string text, int start, int end)
    {
        if (!IsLineStart(text, start))
        {
            return start;
        }

        var at = start;
        if (at < end && Bullets.Contains(text[at]))
        {
            at++;
        }
        else
        {
            while (at < end && at - start < 3 && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at == start || at == end || !IsListNumber(text.AsSpan(start, at - start)) || text[at] is not ('.' or ')'))
            {
                return start;
            }

            at++;
        }

        if (at >= end || !char.IsWhiteSpace(text[at]))
        {
            return start;
        }

        while (at < end && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int Pause(string text, int start)
    {
        var limit = start + MaxLength;
        for (var at = limit - 1; at > start + (MaxLength / 3); at--)
        {
            if (Pauses.Contains(text[at]))
            {
                return at + 1;
            }
        }

        for (var at = limit - 1; at > start + (MaxLength / 3); at--)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                return at;
            }
        }

        return char.IsLowSurrogate(text[limit]) ? limit - 1 : limit;
    }

    private static bool IsListNumber(ReadOnlySpan<char> word) => word.Length is 1 or 2 && word.IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at == 0 || text[at - 1] is '\n' or '\r' or '\u2028' or '\u2029';
    }

    private static int NextWordStart(string text, int at)
    {
        var last = Math.Min(text.Length, at + FarthestWord);
        while (at < last && !char.IsLetterOrDigit(text[at]) && !char.IsSurrogate(text[at]))
        {
            at++;
        }

        return at;
    }

    // What a writer adds to a sentence stays with it.
    private static int AfterEmoji(string text, int at)
    {
        var end = at;
        while (at < text.Length)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var rune = Tokenizer.RuneAt(text, at, out var size);
            if (!IsPicture(rune) && rune.Value is not (0x200D or 0xFE0F or 0x20E3))
            {
                break;
            }

            at += size;
            end = at;
        }

        return end;
    }

    private static bool IsPicture(Rune rune) =>
        rune.Value > 0xFF && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
