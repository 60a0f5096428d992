using MemU.Cli.Output;

namespace MemU.Cli.Verbs;

/// <summary>Shows a page of a list to people.</summary>
internal static class PageView
{
    public static void Show<T>(CliOutput output, Page<T> page, Rows rows, Func<T, string?[]> cells)
    {
        if (page.Items.Count == 0)
        {
            output.Line("Nothing here.");
            return;
        }

        foreach (var row in page.Items)
        {
            rows.Add(cells(row));
        }

        rows.ShowOn(output);
        if (page.NextCursor is { } next)
        {
            output.Remark($"More: --cursor {next}");
        }
    }
}
