namespace MemU.Text;

/// <summary>
/// Light stemming where the script tells enough of the language: articles and endings of Arabic (after Larkey's light10), the article, the words of one letter and
/// the plurals of Hebrew, case endings of Russian and its neighbours. Words are folded. What remains has three letters at least.
/// </summary>
internal static class ScriptStems
{
    private const int Least = 3;

    private static readonly string[] ArabicStarts = Longest("وال بال كال فال ال لل");
    private static readonly string[] ArabicEnds = Longest("ها ان ات ون ين يه ه ي");

    // What these letters are taken from needs four letters left: they begin many words of their own.
    private const int LeastAfterParticle = 4;
    private const string HebrewArticles = "הוש", HebrewParticles = "בלמכ";
    private const string HebrewFinals = "םןךףץ", HebrewMedials = "מנכפצ";

    private static readonly string[] CyrillicEnds = Longest(
        "иями ями ами ого его ому ему ыми ими ых их ые ие ый ий ой ая яя ое ее ую юю ов ев ей ам ям ах ях ом ем ия ию ии а я о е и ы у ю ь й і ї");

    /// <summary>The stem of an Arabic, Hebrew or Cyrillic word; the word itself in any other script.</summary>
    public static string Of(string word) => word.Length <= Least ? word : word[0] switch
    {
        >= '\u0600' and <= '\u06FF' => WithoutEnd(WithoutStart(word), ArabicEnds),
        >= '\u0590' and <= '\u05FF' => OfHebrew(word),
        >= '\u0400' and <= '\u04FF' => WithoutEnd(word, CyrillicEnds),
        _ => word,
    };

    private static string OfHebrew(string word)
    {
        var (start, end) = (0, word.Length);
        if (word.EndsWith("ים", StringComparison.Ordinal) && end - 2 >= Least)
        {
            end -= 2;
        }
        else if (word.EndsWith("ות", StringComparison.Ordinal) && end - 2 > Least)
        {
            end -= 2;
        }
        else if (word[^1] == 'י' && end - 1 > Least)
        {
            end--;
        }

        while ((HebrewArticles.Contains(word[start]) && end - start > Least) || (HebrewParticles.Contains(word[start]) && end - start > LeastAfterParticle))
        {
            start++;
        }

        var final = HebrewFinals.IndexOf(word[end - 1], StringComparison.Ordinal);
        return final < 0 ? word[start..end] : $"{word[start..(end - 1)]}{HebrewMedials[final]}";
    }

    private static string WithoutStart(string word)
    {
        foreach (var start in ArabicStarts)
        {
            if (word.Length - start.Length >= Least && word.StartsWith(start, StringComparison.Ordinal))
            {
                return word[start.Length..];
            }
        }

        return word;
    }

    private static string WithoutEnd(string word, string[] ends)
    {
        foreach (var end in ends)
        {
            if (word.Length - end.Length >= Least && word.EndsWith(end, StringComparison.Ordinal))
            {
                return word[..^end.Length];
            }
        }

        return word;
    }

    private static string[] Longest(string list) => [.. list.Split(' ').Distinct().OrderByDescending(e => e.Length).ThenBy(e => e, StringComparer.Ordinal)];
}
