using System.Globalization;
using System.Text;

namespace MemU.Text;

/// <summary>Which characters make words, and which scripts do so without blanks.</summary>
internal static class Scripts
{
    /// <summary>True for letters, digits and the marks that belong to them.</summary>
    public static bool IsWord(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value);
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber => rune.Value is not (0x02BC or 0x02BB),
            UnicodeCategory.NonSpacingMark => rune.Value is not (>= 0xFE00 and <= 0xFE0F),
            UnicodeCategory.SpacingCombiningMark => true,
            _ => rune.Value == 0x00AD, // a soft hyphen stands inside a word
        };
    }

    /// <summary>True for Han, kana, Hangul, Thai, Lao, Khmer and Burmese: their runs are cut into pairs.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value >= 0x0E00 && rune.Value switch
    {
        <= 0x0EFF => rune.Value is not (>= 0x0E50 and <= 0x0E59),
        >= 0x1000 and <= 0x109F => true,
        >= 0x1100 and <= 0x11FF => true,
        >= 0x1780 and <= 0x17FF => true,
        >= 0x2E80 and <= 0x2FDF => true,
        0x3005 or 0x3006 or 0x3007 => true,
        >= 0x3040 and <= 0x30FF => rune.Value is not (0x30FB or 0x30A0),
        >= 0x3100 and <= 0x31BF => true,
        >= 0x31F0 and <= 0x31FF => true,
        >= 0x3400 and <= 0x4DBF => true,
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xA960 and <= 0xA97F => true,
        >= 0xAC00 and <= 0xD7FF => true,
        >= 0xF900 and <= 0xFAFF => true,
        >= 0xFF66 and <= 0xFFDC => true,
        >= 0x20000 and <= 0x323AF => true,
        _ => false,
    };
}
