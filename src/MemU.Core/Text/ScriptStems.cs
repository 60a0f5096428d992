namespace MemU.Text;

/// <summary>
/// Light stemming where the script tells enough of the language: articles and endings of Arabic (after Larkey's light10), case endings of Russian and its
/// neighbours. Words are folded. What remains has three letters at least.
/// </summary>
internal static class ScriptStems
{
    private const int Least = 3;

    private static readonly string[] ArabicStarts = Longest("وال بال كال فال ال لل");
    private static readonly string[] ArabicEnds = Longest("ها ان ات ون ين يه ه ي");

    private static readonly string[] CyrillicEnds = Longest(
        "иями ями ами ого его ому ему ыми ими ых их ые ие ый ий ой ая яя ое ее ую юю ов ев ей ам ям ах ях ом ем ия ию ии а я о е и ы у ю ь й і ї");

    /// <summary>The stem of an Arabic or Cyrillic word; the word itself in any other script.</summary>
    public static string Of(string word) => word.Length <= Least ? word : word[0] switch
    {
        >= '\u0600' and <= '\u06FF' => WithoutEnd(WithoutStart(word), ArabicEnds),
        >= '\u0400' and <= '\u04FF' => WithoutEnd(word, CyrillicEnds),
        _ => word,
    };

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
