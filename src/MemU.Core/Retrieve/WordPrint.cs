using System.Text;
using MemU.Text;

namespace MemU.Retrieve;

/// <summary>
/// The words at the beginning of a text as a sorted list of hashes, to tell how much two texts have in common. Cheaper than its terms, and without their
/// stems: nearly the same words are what it looks for. Immutable, thread-safe.
/// </summary>
internal sealed class WordPrint
{
    // What is the same for so long is the same.
    private const int Length = 2000;

    // "I", "is", "to": they are in every text. Two characters of a script without blanks are a word, and so is a figure: May 5 is not May 7.
    private const int ShortestWord = 3;

    private readonly uint[] words;

    private WordPrint(uint[] words) => this.words = words;

    /// <summary>The words of a text.</summary>
    public static WordPrint Of(string text)
    {
        var found = new List<uint>();
        var (hash, length, before) = (Seed, 0, 0);
        Span<char> folded = stackalloc char[CharFolding.MaxLength];
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, Length)).EnumerateRunes())
        {
            if (Scripts.IsUnspaced(rune))
            {
                End();
                if (before != 0)
                {
                    found.Add(Next(Next(Seed, before), rune.Value));
                }

                before = rune.Value;
                continue;
            }

            before = 0;
            if (!Scripts.IsWord(rune))
            {
                End();
                continue;
            }

            foreach (var c in folded[..CharFolding.Fold(rune, folded)])
            {
                hash = Next(hash, c);
                length += char.IsDigit(c) ? ShortestWord : 1;
            }
        }

        End();
        found.Sort();
        return new WordPrint([.. found.Distinct()]);

        void End()
        {
            if (length >= ShortestWord)
            {
                found.Add(hash);
            }

            (hash, length) = (Seed, 0);
        }
    }

    /// <summary>How many of the words are in both, of those of the text that has more: 0 for nothing, 1 for the same words. 0 where a text has none.</summary>
    public double Likeness(WordPrint other)
    {
        var (a, b, common) = (0, 0, 0);
        while (a < words.Length && b < other.words.Length)
        {
            var (left, right) = (words[a], other.words[b]);
            common += left == right ? 1 : 0;
            a += left <= right ? 1 : 0;
            b += right <= left ? 1 : 0;
        }

        return common == 0 ? 0 : (double)common / Math.Max(words.Length, other.words.Length);
    }

    // FNV-1a.
    private const uint Seed = 2166136261;

    private static uint Next(uint hash, int character) => (hash ^ (uint)character) * 16777619;
}
