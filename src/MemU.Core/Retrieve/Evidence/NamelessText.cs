using System.Text;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// A question without the names of speakers. Who is asked about is a matter of who speaks, not of meaning: people hardly say their own names, so a name draws
/// a question's vector to whoever addresses that person.
/// </summary>
internal static class NamelessText
{
    /// <summary>The text without them; null when it names no speaker, or nothing but speakers.</summary>
    public static string? Of(PassageIndex index, string text)
    {
        var names = index.Speakers.SelectMany(s => s).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
        {
            return null;
        }

        var (rest, at) = (new StringBuilder(text.Length), 0);
        foreach (var token in Tokenizer.Read(text).Where(t => t.Kind == TokenKind.Word && IsName(t.Text)))
        {
            if (token.Start >= at)
            {
                rest.Append(text, at, token.Start - at);
                at = EndOf(text, token.Start + token.Length);
            }
        }

        rest.Append(text, at, text.Length - at);
        return at > 0 && TextAnalyzer.Terms(rest.ToString()).Count > 0 ? rest.ToString().Trim() : null;

        bool IsName(string word) => names.Contains(TextAnalyzer.Stem(word, isOther: false)) || names.Contains(TextAnalyzer.Stem(word, isOther: true));
    }

    /// <summary>With what belongs to the name: "'s", and a blank.</summary>
    private static int EndOf(string text, int at)
    {
        if (at + 1 < text.Length && text[at] is '\'' or '’' && text[at + 1] is 's' && (at + 2 == text.Length || !char.IsLetter(text[at + 2])))
        {
            at += 2;
        }

        return at < text.Length && text[at] == ' ' ? at + 1 : at;
    }
}
