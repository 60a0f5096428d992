namespace MemU.Text;

/// <summary>Tells from the little words whether a text is English. Names and borrowed words of other languages are not enough to say no.</summary>
internal static class TextLanguage
{
    private const int Least = 2;

    /// <summary>
    /// True when of the words without content at least two more are those of other languages than English ones, and not one over and over: "ha ha" is a laugh.
    /// </summary>
    public static bool IsOther(IReadOnlyList<Token> tokens)
    {
        var (english, other, areSeveral) = (0, 0, false);
        string? first = null;
        foreach (var token in tokens)
        {
            if (token.Kind == TokenKind.Word)
            {
                // "in" and "so" are words of many languages and say nothing.
                var (inEnglish, inOther) = (StopWords.Contains(token.Text), FunctionWords.Contains(token.Text));
                english += inEnglish && !inOther ? 1 : 0;
                if (inOther && !inEnglish)
                {
                    other++;
                    first ??= token.Text;
                    areSeveral |= token.Text != first;
                }
            }
        }

        return areSeveral && other - english >= Least;
    }
}
