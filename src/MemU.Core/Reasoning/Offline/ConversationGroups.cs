using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Finds in a conversation the statements that tell something, and joins to them what only makes sense together with them.</summary>
internal static class ConversationGroups
{
    private const int LongestItem = 320;
    private const int LongestQuestion = 200;
    private const int SelfContained = 4;
    private const int LastStatements = 2;
    private const int ItemsOfAnAssistant = 2;

    /// <summary>The groups in the order in which they stand.</summary>
    public static List<StatementGroup> Find(IReadOnlyList<IReadOnlyList<Statement>> passages, IReadOnlySet<string> names)
    {
        var all = new List<StatementGroup>();
        for (var n = 0; n < passages.Count; n++)
        {
            var groups = OfPassage(passages[n], n > 0 ? Asked(passages[n - 1], passages[n], names) : null, names);
            all.AddRange(passages[n].Count > 0 && Speaker.IsAssistant(passages[n][0].Passage)
                ? groups.OrderByDescending(g => g.Value).Take(ItemsOfAnAssistant).OrderBy(g => g.Statements[0].Span.Start)
                : groups);
        }

        return all;
    }

    private static List<StatementGroup> OfPassage(IReadOnlyList<Statement> statements, Statement? asked, IReadOnlySet<string> names)
    {
        var groups = new List<StatementGroup>();
        StatementGroup? open = null;
        Statement? leadIn = null;
        Statement? skipped = null;
        foreach (var statement in statements)
        {
            var value = Telling.Value(statement, names);
            leadIn = leadIn is not null && statement.StartsLine && !statement.IsListLine ? null : leadIn;
            if (statement.LeadsIn && !statement.IsIndented)
            {
                leadIn = statement;
                open = null;
            }
            else if (open is not null && open.Length + statement.Text.Length <= LongestItem && (leadIn is not null || GoesOn(statement, open, value, names)))
            {
                open.Statements.Add(statement);
                open.Value = leadIn is null ? Math.Max(open.Value, value) : open.Value + Math.Max(value, 0);
            }
            else if (leadIn is not null && leadIn.Text.Length + statement.Text.Length <= LongestItem)
            {
                open = new StatementGroup(leadIn) { Value = value };
                open.Statements.Add(statement);
                groups.Add(open);
            }
            else if (IsAnswer(statement, asked, groups.Count > 0, value, names) is { } question)
            {
                open = new StatementGroup(statement) { Question = question, Value = Math.Max(value, Telling.Enough) };
                groups.Add(open);
            }
            else if (value >= Telling.Enough)
            {
                open = new StatementGroup(statement) { Value = value };
                groups.Add(open);
                if (skipped is not null && PointsBack(statement))
                {
                    open.Statements.Insert(0, skipped);
                }
            }
            else if (!SmallTalk.IsAll(statement.Tokens, names))
            {
                open = null;
            }

            skipped = open is null && leadIn is null && !statement.IsQuestion && statement.Text.Length <= LongestItem / 2 ? statement : null;
        }

        return groups;
    }

    // "It was for charity." belongs to what stands before it; so do the lines below a point of a list, and what says too little alone.
    private static bool GoesOn(Statement statement, StatementGroup open, double value, IReadOnlySet<string> names)
    {
        if (statement.IsQuestion || SmallTalk.IsAll(statement.Tokens, names))
        {
            return false;
        }

        if (statement.IsIndented)
        {
            return true;
        }

        if (Telling.ContentWords(statement, names) == 0)
        {
            return false;
        }

        return PointsBack(statement)
            ? value > -1 && !Cues.SecondPerson.Contains(statement.Tokens[^1].Text)
            : value > 0 && value < Telling.Enough && !statement.StartsLine && open.Statements.Count < 4;
    }

    private static bool PointsBack(Statement statement)
    {
        var tokens = statement.Tokens;
        var opening = tokens.Count > 1 && tokens[0].Text is "and" or "but" or "so" or "because" or "also" ? tokens[1].Text : tokens.Count > 0 ? tokens[0].Text : "";
        return statement.IsEnglish && Cues.Pointing.Contains(opening);
    }

    // The question that the passage before ends with, when somebody else asked it.
    private static Statement? Asked(IReadOnlyList<Statement> before, IReadOnlyList<Statement> now, IReadOnlySet<string> names)
    {
        if (before.Count == 0 || now.Count == 0 || before[0].Passage.Role == now[0].Passage.Role
            || (Speaker.IsAssistant(now[0].Passage) && now[0].Passage.Length > LongestQuestion))
        {
            return null;
        }

        var question = before.Skip(before.Count - LastStatements).LastOrDefault(s => s.IsQuestion);
        return question is not null && question.Text.Length <= LongestQuestion && Telling.ContentWords(question, names) > 0 ? question : null;
    }

    // An answer that does not stand alone takes its question along.
    private static Statement? IsAnswer(Statement statement, Statement? asked, bool answered, double value, IReadOnlySet<string> names)
    {
        if (asked is null || answered || statement.IsQuestion || statement.Tokens.Count == 0 || Cues.Requests.Contains(statement.Tokens[0].Text))
        {
            return null;
        }

        var opening = statement.Tokens[0].Text;
        var content = Telling.ContentWords(statement, names);
        var named = Telling.NamesSomething(statement, names);
        if (value >= Telling.Enough)
        {
            var points = Cues.Answers.Contains(opening) || Cues.Pronouns.Contains(opening) || (Cues.Pointing.Contains(opening) && !opening.StartsWith("th", StringComparison.Ordinal));
            return points || (content < SelfContained && !named) ? asked : null;
        }

        var tells = content > 0 || named || statement.Tokens.Any(IrregularForms.IsNumber);
        return tells && !SmallTalk.IsAll(statement.Tokens, names) && !Cues.SecondPerson.Contains(opening) && !IsReaction(statement) ? asked : null;
    }

    private static bool IsReaction(Statement statement) =>
        Cues.Reactions.Contains(statement.Tokens[0].Text) && !Cues.Answers.Contains(statement.Tokens[0].Text);
}
