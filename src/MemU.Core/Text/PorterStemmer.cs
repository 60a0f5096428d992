namespace MemU.Text;

/// <summary>
/// Takes the endings off English words: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980.
/// Works on lower-case ASCII letters; other words are not for it.
/// </summary>
internal static class PorterStemmer
{
    private static readonly (string Suffix, string Stem)[] Step2 =
    [
        ("ational", "ate"), ("ization", "ize"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("tional", "tion"),
        ("biliti", "ble"), ("entli", "ent"), ("ousli", "ous"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("iviti", "ive"),
        ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("ator", "ate"), ("eli", "e"),
    ];

    private static readonly (string Suffix, string Stem)[] Step3 =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic", "ou",
    ];

    /// <summary>The stem of a word.</summary>
    public static string Stem(string word)
    {
        Span<char> buffer = word.Length <= 64 ? stackalloc char[64] : new char[word.Length];
        word.CopyTo(buffer);
        var length = Stem(buffer[..word.Length]);
        var stem = buffer[..length];
        return stem.SequenceEqual(word) ? word : stem.ToString();
    }

    /// <summary>Stems in place; returns the length of the stem.</summary>
    public static int Stem(Span<char> word)
    {
        if (word.Length <= 2)
        {
            return word.Length;
        }

        var length = Plurals(word, word.Length);
        length = PastAndProgressive(word, length);
        if (length > 1 && word[length - 1] == 'y' && HasVowel(word[..(length - 1)]))
        {
            word[length - 1] = 'i';
        }

        length = Replace(word, length, Step2);
        length = Replace(word, length, Step3);
        length = DropLongSuffix(word, length);
        return Tidy(word, length);
    }

    private static int Plurals(Span<char> word, int length)
    {
        var w = word[..length];
        if (w[^1] != 's')
        {
            return length;
        }

        return w.EndsWith("sses") || w.EndsWith("ies") ? length - 2 : w.EndsWith("ss") ? length : length - 1;
    }

    private static int PastAndProgressive(Span<char> word, int length)
    {
        var w = word[..length];
        if (w.EndsWith("eed"))
        {
            return Measure(w[..^3]) > 0 ? length - 1 : length;
        }

        var cut = w.EndsWith("ed") ? 2 : w.EndsWith("ing") ? 3 : 0;
        if (cut == 0 || !HasVowel(w[..^cut]))
        {
            return length;
        }

        length -= cut;
        w = word[..length];
        if (w.EndsWith("at") || w.EndsWith("bl") || w.EndsWith("iz") || (Measure(w) == 1 && EndsShort(w)))
        {
            if (EndsDouble(w))
            {
                return w[^1] is 'l' or 's' or 'z' ? length : length - 1;
            }

            word[length] = 'e';
            return length + 1;
        }

        return EndsDouble(w) && w[^1] is not ('l' or 's' or 'z') ? length - 1 : length;
    }

    private static int Replace(Span<char> word, int length, (string Suffix, string Stem)[] rules)
    {
        var w = word[..length];
        foreach (var (suffix, stem) in rules)
        {
            if (w.EndsWith(suffix))
            {
                var kept = length - suffix.Length;
                if (Measure(w[..kept]) == 0)
                {
                    return length;
                }

                stem.CopyTo(word[kept..]);
                return kept + stem.Length;
            }
        }

        return length;
    }

    private static int DropLongSuffix(Span<char> word, int length)
    {
        var w = word[..length];
        foreach (var suffix in Step4)
        {
            if (w.EndsWith(suffix))
            {
                var kept = w[..^suffix.Length];
                return Measure(kept) > 1 && (suffix != "ion" || kept[^1] is 's' or 't') ? kept.Length : length;
            }
        }

        return length;
    }

    private static int Tidy(Span<char> word, int length)
    {
        if (word[length - 1] == 'e')
        {
            var kept = word[..(length - 1)];
            var measure = Measure(kept);
            if (measure > 1 || (measure == 1 && !EndsShort(kept)))
            {
                length--;
            }
        }

        return word[length - 1] == 'l' && EndsDouble(word[..length]) && Measure(word[..length]) > 1 ? length - 1 : length;
    }

    // The number of times a run of vowels is followed by a run of consonants.
    private static int Measure(ReadOnlySpan<char> word)
    {
        var count = 0;
        var afterVowel = false;
        for (var i = 0; i < word.Length; i++)
        {
            var vowel = !IsConsonant(word, i);
            if (!vowel && afterVowel)
            {
                count++;
            }

            afterVowel = vowel;
        }

        return count;
    }

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (!IsConsonant(word, i))
            {
                return true;
            }
        }

        return false;
    }

    // A y is a vowel after a consonant.
    private static bool IsConsonant(ReadOnlySpan<char> word, int at)
    {
        var flip = false;
        while (word[at] == 'y' && at > 0)
        {
            flip = !flip;
            at--;
        }

        return (word[at] is not ('a' or 'e' or 'i' or 'o' or 'u')) ^ flip;
    }

    private static bool EndsDouble(ReadOnlySpan<char> word) => word.Length > 1 && word[^1] == word[^2] && IsConsonant(word, word.Length - 1);

    // consonant, vowel, consonant other than w, x, y: where an e was taken off, as in "hop(e)".
    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length > 2 && word[^1] is not ('w' or 'x' or 'y')
        && IsConsonant(word, word.Length - 1) && !IsConsonant(word, word.Length - 2) && IsConsonant(word, word.Length - 3);
}
