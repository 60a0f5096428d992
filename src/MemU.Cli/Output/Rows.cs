using Spectre.Console;

namespace MemU.Cli.Output;

/// <summary>Rows under headings. Columns but the last keep to one line; the last one wraps on a terminal and runs on in a file.</summary>
internal sealed class Rows
{
    private readonly Table table = new() { Border = TableBorder.None };
    private readonly int columns;
    private readonly int indent;

    public Rows(params string[] headings)
        : this(0, headings)
    {
    }

    public Rows(int indent, params string[] headings)
    {
        columns = headings.Length;
        this.indent = indent;
        for (var i = 0; i < headings.Length; i++)
        {
            table.AddColumn(new TableColumn(new Phrase(headings[i], Styles.Heading))
            {
                Padding = new Padding(0, 0, i < headings.Length - 1 ? 2 : 0, 0),
                NoWrap = i < headings.Length - 1,
            });
        }
    }

    public void Add(params string?[] cells) =>
        table.AddRow([.. cells.Take(columns).Select(c => new Phrase(SafeText.Line(c)))]);

    public void ShowOn(CliOutput output) => output.Show(new Padder(table, new Padding(indent, 0, 0, 0)));
}
