using System.Buffers;
using System.Text;
using MemU.Text;

namespace MemU.Retrieve;

/// <summary>
/// Counts tokens so that no common tokenizer counts more, without knowing which one will be used: a run of letters is cut more finely than byte-pair
/// encodings cut words, every digit and sign counts, and what is not Latin counts by its bytes. For English talk that is nearly twice
/// the truth. A single made-up word may be counted one too few, a block of them is not.
/// </summary>
internal static class TokenCount
{
    private const int LettersOfToken = 3;
    private const int ShortWord = 4;
    private const int LongestRun = 3;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyAEIOUY");

    /// <summary>The most tokens that the text can have. Additive over texts that end with a line break.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsAsciiLetter(text[at]))
            {
                var end = WordEnd(text, at);
                count += OfWord(text[at..end]);
                at = end;
            }
            else if (text[at] == ' ' && at + 1 < text.Length && text[at + 1] != ' ')
            {
                // A single blank belongs to what follows it; before a sign or a digit it may stand alone.
                count += char.IsAsciiLetter(text[at + 1]) ? 0 : 1;
                at++;
            }
            else
            {
                Rune.DecodeFromUtf16(text[at..], out var rune, out var size);
                count += rune.IsAscii ? 1 : rune.Utf8SequenceLength;
                at += size;
            }
        }

        return count;
    }

    /// <summary>Where the run of letters ends; a capital after a small letter begins a new one.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        var at = start + 1;
        while (at < text.Length && char.IsAsciiLetter(text[at]) && !(char.IsAsciiLetterUpper(text[at]) && char.IsAsciiLetterLower(text[at - 1])))
        {
            at++;
        }

        return at;
    }

    private static int OfWord(ReadOnlySpan<char> word)
    {
        if (word.Length == 1)
        {
            return 1;
        }

        // Letters that make no syllables are no word that an encoding knows.
        var isOdd = !word.ContainsAnyInRange('a', 'z') || !HasSyllables(word);
        if (isOdd)
        {
            return word.Length;
        }

        // Names and words of other languages are cut into pairs at the beginning, and less finely where they go on.
        return StopWords.Contains(word.ToString().ToLowerInvariant())
            ? 1
            : word.Length <= ShortWord
                ? (word.Length + 1) / 2
                : (ShortWord / 2) + ((word.Length - ShortWord + LettersOfToken - 1) / LettersOfToken);
    }

    /// <summary>No run of four consonants, and no "q" without its "u": what a random key has soon, and a word hardly ever.</summary>
    private static bool HasSyllables(ReadOnlySpan<char> word)
    {
        var run = 0;
        for (var at = 0; at < word.Length; at++)
        {
            run = Vowels.Contains(word[at]) ? 0 : run + 1;
            if (run > LongestRun || (word[at] is 'q' or 'Q' && !(at + 1 < word.Length && word[at + 1] is 'u' or 'U')))
            {
                return false;
            }
        }

        return run < word.Length;
    }
}
