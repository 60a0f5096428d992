namespace MemU.Text;

/// <summary>
/// Turns any text into the terms by which it is indexed and asked for. Pure and thread-safe; the same text gives the same terms on
/// every machine.
/// </summary>
internal static class TextAnalyzer
{
    /// <summary>
    /// The terms of a text in their order, repeated as often as they occur: stems of words without stop words, numbers, wholes (dates,
    /// addresses, names of code) besides their parts, and pairs of characters in scripts without blanks.
    /// </summary>
    public static IReadOnlyList<string> Terms(string text, bool keepStopWords = false)
    {
        var terms = new List<string>(text.Length / 8);
        var tokens = Tokenizer.Read(text);
        var isOther = TextLanguage.IsOther(tokens);
        foreach (var token in tokens)
        {
            AddTerms(token, keepStopWords, terms, isOther);
        }

        return terms;
    }

    /// <summary>The term of one folded word of an English text.</summary>
    public static string Stem(string word) => Stem(word, isOther: false);

    /// <summary>The term of one folded word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isOther">Whether it stands in a text that is not English.</param>
    public static string Stem(string word, bool isOther)
    {
        var form = isOther ? word : IrregularForms.BaseOf(word);
        foreach (var c in form)
        {
            if (c is < 'a' or > 'z')
            {
                return ScriptStems.Of(form);
            }
        }

        return isOther ? LatinStems.Of(form) : PorterStemmer.Stem(form);
    }

    /// <summary>Adds the terms of one token; English stop words only when they are wanted.</summary>
    public static void AddTerms(Token token, bool keepStopWords, ICollection<string> terms, bool isOther = false)
    {
        switch (token.Kind)
        {
            case TokenKind.Word when keepStopWords || !StopWords.Contains(token.Text):
                terms.Add(Stem(token.Text, isOther));
                break;
            case TokenKind.Number or TokenKind.Whole:
                terms.Add(token.Text);
                break;
            case TokenKind.Unspaced:
                AddPairs(token.Text, terms);
                break;
        }
    }

    private static void AddPairs(string run, ICollection<string> terms)
    {
        var first = CharLength(run, 0);
        if (first == run.Length)
        {
            terms.Add(run);
            return;
        }

        for (var at = 0; at + CharLength(run, at) is var second && second < run.Length; at = second)
        {
            terms.Add(run[at..(second + CharLength(run, second))]);
        }
    }

    private static int CharLength(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
}
