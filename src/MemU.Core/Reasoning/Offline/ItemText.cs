using System.Text;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Writes a group as an item: the speaker and the day, then the source's own words, with dates that are told relatively resolved in
/// square brackets. <c>Ada (3 June 2019): I moved here last month [May 2019].</c>
/// </summary>
internal static class ItemText
{
    /// <summary>The item's words.</summary>
    public static string Of(StatementGroup group)
    {
        var text = new StringBuilder();
        if (group.Question is { } question)
        {
            Label(text, Speaker.Label(question.Passage));
            Words(text, question, Speaker.Day(question.Passage));
            text.Append(" — ");
        }

        var headings = string.Join(" / ", group.Headings.Select(Heading).Where(h => h.Length > 0));
        Label(text, headings.Length > 0 ? headings : null);
        Label(text, Speaker.LabelWithDay(group.Passage));
        for (var i = 0; i < group.Statements.Count; i++)
        {
            text.Append(i == 0 ? "" : Parting(group.Statements[i - 1].Text));
            Words(text, group.Statements[i], Speaker.Day(group.Passage));
        }

        return text.ToString();
    }

    /// <summary>A heading without its signs.</summary>
    public static string Heading(Statement heading) => Line(heading.Text).Trim('#', ' ', ':', '：');

    /// <summary>A text on one line, without the signs of bold print.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        var blank = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && text[i] == '*' && text[i + 1] == '*')
            {
                i++;
            }
            else if (char.IsWhiteSpace(text[i]))
            {
                blank = line.Length > 0;
            }
            else
            {
                line.Append(blank ? " " : "").Append(text[i]);
                blank = false;
            }
        }

        return line.ToString().TrimStart('#').TrimStart();
    }

    // Points of a list have no mark at their end.
    private static string Parting(string before) =>
        before[^1] is '。' or '！' or '？' or '」' or '』' or '”' or '）' ? ""
        : char.IsLetterOrDigit(before[^1]) || before[^1] is ')' or ']' or '"' ? "; "
        : " ";

    private static void Label(StringBuilder text, string? label)
    {
        if (label is not null)
        {
            text.Append(label).Append(": ");
        }
    }

    private static void Words(StringBuilder text, Statement statement, DateOnly? spoken)
    {
        var words = new StringBuilder(statement.Text);
        foreach (var date in statement.Dates.Reverse())
        {
            if (Explains(date, statement.Text, spoken))
            {
                words.Insert(date.Start + date.Length, $" [{date.Text}]");
            }
        }

        text.Append(Line(words.ToString()));
    }

    // "today" is the day of the label, and a date with its year needs no help
    private static bool Explains(DateMention date, string text, DateOnly? spoken) =>
        !(date.Precision == DatePrecision.Day && date.From == spoken)
        && !text.AsSpan(date.Start, date.Length).Contains(date.From.Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
