using System.Globalization;
using System.Text;

namespace MemU.Text;

/// <summary>
/// Folds a character to the form by which texts are compared: lower case, without accents, width or style. Own tables, because the
/// programs run without the system's Unicode library.
/// </summary>
internal static class CharFolding
{
    /// <summary>The most characters that one rune folds to.</summary>
    public const int MaxLength = 2;

    // U+00C0 to U+024F; '.' stands for "no base letter".
    private const string Latin =
        "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggg"
        + "hhhhiiiiiiiiiiiijjkkkllllllllllnnnnnn.nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzsbb.....c"
        + "c........ff.....kkl...n.oo..pp.....ttt.uu..yyzz.............dddlllnnnaaiioouuuuuuuuuu.aaaaaaggggkkoo"
        + "oo..jdddgg..nnaaaaooaaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylnt......l.....b............";

    // U+1E00 to U+1EFF.
    private const string LatinAdditional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss"
        + "ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas..s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee"
        + "iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    // U+FF66 to U+FF9D.
    private const string HalfWidthKana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    private const string Accented = "άέήίΐϊόύΰϋώςйёїѓќўѐѝأإآٱىةکیے";
    private const string Plain = "αεηιιιουυυωσиеігкуеиاااايهكيي";

    /// <summary>Writes the folded form; returns its length, 0 for what is left out (accents, vowel points).</summary>
    public static int Fold(Rune rune, Span<char> destination)
    {
        var value = rune.Value;
        if (value < 0x80)
        {
            destination[0] = (char)(value is >= 'A' and <= 'Z' ? value + 32 : value);
            return 1;
        }

        if (IsDropped(value))
        {
            return 0;
        }

        var two = value switch
        {
            'ß' or 'ẞ' => "ss",
            'æ' or 'Æ' => "ae",
            'œ' or 'Œ' => "oe",
            'þ' or 'Þ' => "th",
            0xFB00 => "ff",
            0xFB01 => "fi",
            0xFB02 => "fl",
            _ => null,
        };
        if (two is not null)
        {
            two.CopyTo(destination);
            return 2;
        }

        if (BaseLetter(value) is var letter and not '.')
        {
            destination[0] = letter;
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber && Rune.GetNumericValue(rune) is >= 0 and <= 9 and var digit)
        {
            destination[0] = (char)('0' + (int)digit);
            return 1;
        }

        var lower = Rune.ToLowerInvariant(rune);
        if (lower.IsBmp && Accented.IndexOf((char)lower.Value, StringComparison.Ordinal) is var at and >= 0)
        {
            destination[0] = Plain[at];
            return 1;
        }

        return lower.EncodeToUtf16(destination);
    }

    private static char BaseLetter(int value) => value switch
    {
        >= 0xC0 and <= 0x24F => Latin[value - 0xC0],
        >= 0x1E00 and <= 0x1EFF => LatinAdditional[value - 0x1E00],
        >= 0xFF10 and <= 0xFF19 => (char)(value - 0xFEE0),
        >= 0xFF21 and <= 0xFF3A => (char)(value - 0xFEE0 + 32),
        >= 0xFF41 and <= 0xFF5A => (char)(value - 0xFEE0),
        >= 0xFF66 and <= 0xFF9D => HalfWidthKana[value - 0xFF66],
        >= 0x1D400 and <= 0x1D6A3 => (char)('a' + ((value - 0x1D400) % 26)),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((value - 0x1D7CE) % 10)),
        _ => '.',
    };

    private static bool IsDropped(int value) => value is
        0x00AD or (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0487) or (>= 0x0591 and <= 0x05C7) or (>= 0x0610 and <= 0x061A) or 0x0640
        or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
        or (>= 0x20D0 and <= 0x20FF) or 0x3099 or 0x309A or 0xFF9E or 0xFF9F;
}
