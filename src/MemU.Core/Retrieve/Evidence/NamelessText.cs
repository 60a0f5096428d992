using System.Text;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// A question without the names of speakers. Who is asked about is a matter of who speaks, not of meaning: people hardly say their own names, so a name draws
/// a question's vector to whoever addresses that person.
/// </summary>
internal static class NamelessText
{
    /// <summary>
    /// The text without them; null when it names no speaker, or asks for nothing besides ("What do you know about Ann?"). A name in a script without blanks is not
    /// told apart from what stands around it, and stays.
    /// </summary>
    public static string? Of(PassageIndex index, string text)
    {
        var names = index.Speakers.SelectMany(s => s).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
        {
            return null;
        }

        var (rest, at) = (new StringBuilder(text.Length), 0);
        foreach (var token in Tokenizer.Read(text).Where(t => IsName(t.Kind, t.Text)))
        {
            if (token.Start >= at)
            {
                rest.Append(Between(text, at, token.Start));
                at = EndOf(text, token.Start + token.Length);
            }
        }

        rest.Append(text, at, text.Length - at);
        return at > 0 && new Question(rest.ToString()).Terms.Count > 0 ? rest.ToString().Trim() : null;

        bool IsName(TokenKind kind, string word) => kind == TokenKind.Whole ? names.Contains(word)
            : kind == TokenKind.Word && (names.Contains(TextAnalyzer.Stem(word, isOther: false)) || names.Contains(TextAnalyzer.Stem(word, isOther: true)));
    }

    /// <summary>What stands between two names; nothing when that is the sign that joins them: "Jean-Luc".</summary>
    private static ReadOnlySpan<char> Between(string text, int from, int to) =>
        from > 0 && to == from + 1 && text[from] != ' ' ? [] : text.AsSpan(from, to - from);

    /// <summary>With what belongs to the name: "'s" or an apostrophe alone, and a blank.</summary>
    private static int EndOf(string text, int at)
    {
        if (at + 1 < text.Length && text[at] is '\'' or '’' && text[at + 1] is 's' && (at + 2 == text.Length || !char.IsLetter(text[at + 2])))
        {
            at += 2;
        }
        else if (at < text.Length && text[at] is '\'' or '’' && (at + 1 == text.Length || text[at + 1] == ' '))
        {
            at++;
        }

        return at < text.Length && text[at] == ' ' ? at + 1 : at;
    }
}
