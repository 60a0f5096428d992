using Spectre.Console;

namespace MemU.Cli.Output;

/// <summary>Names and values, one below the other; values without anything are left out.</summary>
internal sealed class Fields
{
    private readonly Grid grid = new();

    public Fields()
    {
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
    }

    public Fields Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            grid.AddRow(new Phrase(name, Styles.Faint), new Phrase(SafeText.Lines(value)));
        }

        return this;
    }

    public void ShowOn(CliOutput output) => output.Show(grid);
}
