namespace MemU.Reasoning.Offline;

/// <summary>Cuts the paragraphs of a document into statements of readable size, each with the heading under which it stands.</summary>
internal static class DocumentGroups
{
    private const int LongestItem = 320;
    private const int LongestListLine = 100;

    /// <summary>The groups in the order in which they stand.</summary>
    public static List<StatementGroup> Find(IReadOnlyList<IReadOnlyList<Statement>> passages, IReadOnlySet<string> names)
    {
        var groups = new List<StatementGroup>();
        var headings = new List<(Statement Heading, int Level)>();
        foreach (var statements in passages)
        {
            StatementGroup? open = null;
            foreach (var statement in statements)
            {
                if (IsHeading(statement, statements))
                {
                    var level = Level(statement);
                    headings.RemoveAll(h => h.Level >= level);
                    headings.Add((statement, level));
                    open = null;
                    continue;
                }

                var value = Telling.Value(statement, names);
                var goesOn = open is not null && open.Length + statement.Text.Length <= LongestItem
                    && (statement.IsIndented || !statement.StartsLine || open.Statements[^1].LeadsIn || (statement.IsListLine && statement.Text.Length <= LongestListLine));
                if (goesOn)
                {
                    open!.Statements.Add(statement);
                    open.Value = statement.StartsLine ? open.Value + value : Math.Max(open.Value, value);
                }
                else
                {
                    open = new StatementGroup(statement) { Headings = [.. headings.Select(h => h.Heading)], Value = value };
                    groups.Add(open);
                }
            }
        }

        return groups;
    }

    // The number of signs; a heading without any is the narrowest.
    private static int Level(Statement heading) => heading.Text.AsSpan().IndexOfAnyExcept('#') is > 0 and var signs ? signs : int.MaxValue;

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
