using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Tells whether the rules for English apply.</summary>
internal static class Language
{
    // Of English words about 45 in 100 are stop words; of German, Dutch or French ones fewer than 12.
    private const double LeastShare = 0.2;
    private const int Enough = 400;

    /// <summary>True when the passages are in English; one passage alone may be too short to tell.</summary>
    public static bool IsEnglish(IEnumerable<Passage> passages) => IsEnglish(passages.Select(p => p.Text));

    /// <summary>True when the texts are in English.</summary>
    public static bool IsEnglish(IEnumerable<string> texts)
    {
        var (words, stop) = (0, 0);
        foreach (var text in texts)
        {
            foreach (var token in Tokenizer.Read(text.Length <= 4000 ? text : text[..4000]))
            {
                words += token.Kind == TokenKind.Number ? 0 : 1;
                stop += token.Kind == TokenKind.Word && StopWords.Contains(token.Text) ? 1 : 0;
            }

            if (words >= Enough)
            {
                break;
            }
        }

        return words > 0 && stop >= LeastShare * words;
    }
}
