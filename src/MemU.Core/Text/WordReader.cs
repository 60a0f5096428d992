namespace MemU.Text;

/// <summary>Reads one run of letters and digits inside a compound: apostrophes, humps of code names, digits beside letters.</summary>
internal static class WordReader
{
    /// <summary>Adds the tokens of the run and of an apostrophe that follows it; returns where to go on.</summary>
    public static int Read(string text, int compoundStart, int start, int end, int compoundEnd, List<Token> tokens)
    {
        if (end + 1 < compoundEnd && IsApostrophe(text[end]))
        {
            var tail = Math.Min(Tokenizer.RunEnd(text, end + 1, unspaced: false), compoundEnd);
            if (TryClitic(text, start, end, tail, tokens))
            {
                return tail;
            }
        }

        // e-mail, wi-fi, T-shirt, O'Brien: people leave out the sign, so the joined form is a term too
        if (start == compoundStart && end - start <= 2 && end + 1 < compoundEnd && (text[end] == '-' || (IsApostrophe(text[end]) && end - start == 1)))
        {
            var second = Math.Min(Tokenizer.RunEnd(text, end + 1, unspaced: false), compoundEnd);
            var joined = Tokenizer.Fold(string.Concat(text.AsSpan(start, end - start), text.AsSpan(end + 1, second - end - 1)), Tokenizer.MaxTokenLength);
            if (OnlyLetters(joined))
            {
                tokens.Add(new Token(joined, start, second - start, TokenKind.Word));
                return end - start == 1 ? end + 1 : AddRun(text, start, end, tokens);
            }
        }

        return AddRun(text, start, end, tokens);
    }

    private static int AddRun(string text, int start, int end, List<Token> tokens)
    {
        if (CompoundReader.IsOrdinal(text.AsSpan(start, end - start)))
        {
            Tokenizer.Add(tokens, text, start, end - 2, TokenKind.Number);
            return end;
        }

        var humps = Humps(text, start, end);
        if (humps)
        {
            Tokenizer.Add(tokens, text, start, end, TokenKind.Word);
        }

        var from = start;
        for (var i = start + 1; i <= end; i++)
        {
            if (i == end || char.IsDigit(text[i]) != char.IsDigit(text[i - 1])
                || (humps && char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterLower(text[i - 1])))
            {
                Tokenizer.Add(tokens, text, from, i, char.IsDigit(text[from]) ? TokenKind.Number : TokenKind.Word);
                from = i;
            }
        }

        return end;
    }

    // 's, n't, 're …: what follows the apostrophe says nothing about the subject
    private static bool TryClitic(string text, int start, int apostrophe, int end, List<Token> tokens)
    {
        var tail = text.AsSpan(apostrophe + 1, end - apostrophe - 1);
        var isNot = tail is "t" or "T" && text[apostrophe - 1] is 'n' or 'N';
        if (!isNot && !(tail.Length <= 2 && (Is(tail, "s") || Is(tail, "re") || Is(tail, "ve") || Is(tail, "ll") || Is(tail, "d") || Is(tail, "m"))))
        {
            return false;
        }

        // "can't" is can + n't, "don't" is do + n't
        var stop = isNot && !Is(text.AsSpan(start, apostrophe - start), "can") && apostrophe - start > 2 ? apostrophe - 1 : apostrophe;
        AddRun(text, start, stop, tokens);
        return true;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool Humps(string text, int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterLower(text[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool OnlyLetters(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetter(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC' or '\uFF07';
}
