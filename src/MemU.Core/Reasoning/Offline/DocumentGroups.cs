namespace MemU.Reasoning.Offline;

/// <summary>Cuts the paragraphs of a document into statements of readable size, each with the heading under which it stands.</summary>
internal static class DocumentGroups
{
    private const int LongestItem = 320;

    /// <summary>The groups in the order in which they stand.</summary>
    public static List<StatementGroup> Find(IReadOnlyList<IReadOnlyList<Statement>> passages, IReadOnlySet<string> names)
    {
        var groups = new List<StatementGroup>();
        Statement? heading = null;
        foreach (var statements in passages)
        {
            StatementGroup? open = null;
            foreach (var statement in statements)
            {
                if (IsHeading(statement, statements))
                {
                    heading = statement;
                    open = null;
                    continue;
                }

                var value = Telling.Value(statement, names);
                var goesOn = open is not null && open.Length + statement.Text.Length <= LongestItem
                    && (statement.IsIndented || !statement.StartsLine || open.Statements[^1].LeadsIn);
                if (goesOn)
                {
                    open!.Statements.Add(statement);
                    open.Value = Math.Max(open.Value, value);
                }
                else
                {
                    open = new StatementGroup(statement) { Heading = heading, Value = value };
                    groups.Add(open);
                }
            }
        }

        return groups;
    }

    /// <summary>True for a Markdown heading, or a short first line without a full stop.</summary>
    public static bool IsHeading(Statement statement, IReadOnlyList<Statement> passage)
    {
        if (statement.Text[0] == '#')
        {
            return true;
        }

        var end = statement.Span.End;
        var text = statement.Passage.Text;
        return statement.Span.Start == 0 && statement.Text.Length <= 60 && char.IsLetterOrDigit(statement.Text[^1])
            && (end == text.Length ? passage.Count == 1 : text[end] is '\n' or '\r');
    }
}
