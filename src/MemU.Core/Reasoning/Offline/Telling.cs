using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>How much a statement tells that is worth remembering.</summary>
internal static class Telling
{
    /// <summary>From this value on a statement is worth an item of its own.</summary>
    public const double Enough = 2;

    private const int Cap = 8;
    private const int LeastExclaimed = 5;

    /// <summary>The value of a statement; 0 and less for talk that tells nothing.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="names">Folded words of the speakers' names.</param>
    public static double Value(Statement statement, IReadOnlySet<string> names)
    {
        if (SmallTalk.IsAll(statement.Tokens, names))
        {
            return 0;
        }

        return statement.IsEnglish && statement.Passage.Role is not null ? Spoken(statement, names) : Plain(statement, names);
    }

    /// <summary>The folded words that carry the content: no stop words, no common words, no names of the speakers.</summary>
    public static int ContentWords(Statement statement, IReadOnlySet<string> names) =>
        statement.Tokens.Sum(t => t.Kind switch
        {
            TokenKind.Whole => 0,
            TokenKind.Unspaced => Math.Max(1, t.Text.Length / 2),
            _ when !statement.IsEnglish && FunctionWords.Contains(t.Text) => 0,
            _ when StopWords.Contains(t.Text) || names.Contains(t.Text) || SmallTalk.IsWord(t.Text) => 0,
            TokenKind.Word when EverydayWords.Contains(TextAnalyzer.Stem(t.Text)) => 0,
            _ => 1,
        });

    // Documents and languages for which there are no rules: a statement is taken when it says enough.
    private static double Plain(Statement statement, IReadOnlySet<string> names)
    {
        var words = ContentWords(statement, names);
        if (words == 0 || (statement.Passage.Role is not null && (statement.IsQuestion || (words < LeastExclaimed && IsExclaimed(statement)))))
        {
            return 0;
        }

        return Math.Min(words, Cap) * 0.4 + (statement.Dates.Count > 0 ? 1 : 0) + 0.9;
    }

    // "Wie schön!", "楽しそうだね！"
    private static bool IsExclaimed(Statement statement) => statement.Text[^1] is '!' or '！';

    private static double Spoken(Statement statement, IReadOnlySet<string> names)
    {
        var content = ContentWords(statement, names);
        var tokens = statement.Tokens;
        var first = tokens.Any(t => Cues.FirstPerson.Contains(t.Text));
        var second = tokens.Any(t => Cues.SecondPerson.Contains(t.Text));
        var opening = tokens.Count > 0 ? tokens[0].Text : "";
        var named = NamesSomething(statement, names);
        var dated = statement.Dates.Count > 0;
        var counted = tokens.Any(IrregularForms.IsNumber);
        if (content == 0 && !dated && !named && !counted)
        {
            return 0;
        }

        var value = (Math.Min(content, Cap) * 0.5) + (first ? 1.2 : 0) + (dated ? 1 : 0) + (named ? 0.6 : 0) + (counted ? 0.4 : 0);
        if (statement.IsQuestion)
        {
            // "I'm allergic to nuts, what can I eat?" tells something too
            return first && Cues.FirstPerson.Contains(opening) && statement.Text.Contains(',') ? value - 1 : 0;
        }

        if (Asks(tokens))
        {
            return 0;
        }

        if (tokens.Any(t => Cues.Reminders.Contains(t.Text)))
        {
            value += 1;
        }
        else if (Cues.Requests.Contains(opening))
        {
            value -= 2;
        }

        if (Supposes(tokens))
        {
            value -= 2;
        }

        if (Cues.Pointing.Contains(opening) && !first)
        {
            value -= 0.5;
        }

        if (second && !first)
        {
            value -= Speaker.IsAssistant(statement.Passage) ? 1 : 2;
        }

        if (Cues.Reactions.Contains(opening) && !first)
        {
            value -= 1.2;
        }

        return Speaker.IsAssistant(statement.Passage) ? value - 0.2 : value;
    }

    // A question whose mark was left out.
    private static bool Asks(IReadOnlyList<Token> tokens) => tokens.Count > 1
        && ((Cues.Asking.Contains(tokens[0].Text) && Cues.AskingNext.Contains(tokens[1].Text))
            || (Cues.AskingYesNo.Contains(tokens[0].Text) && (Cues.FirstPerson.Contains(tokens[1].Text) || Cues.SecondPerson.Contains(tokens[1].Text))));

    // "That must have been hard", "bet it was": a guess about the other
    private static bool Supposes(IReadOnlyList<Token> tokens) =>
        (tokens.Count > 1 && tokens[0].Text is "bet")
        || Enumerable.Range(0, Math.Max(0, tokens.Count - 1)).Any(i => tokens[i].Text == "must" && tokens[i + 1].Text is "have" or "be" or "feel");

    /// <summary>True when a word inside the sentence has a capital letter and is no speaker's name.</summary>
    public static bool NamesSomething(Statement statement, IReadOnlySet<string> names)
    {
        for (var i = 1; i < statement.Tokens.Count; i++)
        {
            var token = statement.Tokens[i];
            if (token.Kind == TokenKind.Word && token.Text.Length > 1 && char.IsUpper(statement.Text[token.Start]) && !names.Contains(token.Text)
                && !StopWords.Contains(token.Text) && !SmallTalk.IsWord(token.Text))
            {
                return true;
            }
        }

        return false;
    }
}
