namespace MemU.Text;

/// <summary>
/// Light stemming for texts in Latin letters that are not English (German, Dutch, French, Spanish, Italian, Portuguese): plurals, cases and genders fall
/// together, as in the light stemmers of Savoy (2006), with one list of endings for all, since a short text does not show its language. Words are
/// folded. What remains has four letters at least.
/// </summary>
internal static class LatinStems
{
    private const int Least = 4;
    private const string FrenchPlural = "aux", FrenchSingular = "al";

    private static readonly string[] Ends =
        [.. "innen ern ungen es er em en in os as is e a o i s".Split(' ').OrderByDescending(e => e.Length).ThenBy(e => e, StringComparer.Ordinal)];

    /// <summary>The stem of a word.</summary>
    public static string Of(string word)
    {
        if (word.Length > Least && word.EndsWith(FrenchPlural, StringComparison.Ordinal))
        {
            return string.Concat(word.AsSpan(0, word.Length - FrenchPlural.Length), FrenchSingular);
        }

        var length = word.Length;
        while (EndOf(word.AsSpan(0, length)) is > 0 and var end)
        {
            length -= end;
        }

        return word[..length];
    }

    private static int EndOf(ReadOnlySpan<char> word)
    {
        foreach (var end in Ends)
        {
            if (word.Length - end.Length >= Least && word.EndsWith(end, StringComparison.Ordinal))
            {
                return end.Length;
            }
        }

        return 0;
    }
}
