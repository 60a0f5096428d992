using Spectre.Console;

namespace MemU.Cli.Output;

/// <summary>Scores with the texts they stand for, which wrap under themselves.</summary>
internal sealed class Hits
{
    private readonly Grid grid = new();

    public Hits(int indent = 0)
    {
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(indent, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
    }

    /// <summary>A hit; what there is to know about it stands above its text.</summary>
    public void Add(double score, string text, string? about = null)
    {
        var number = new Phrase(Format.Score(score), Styles.Faint);
        if (!string.IsNullOrEmpty(about))
        {
            grid.AddRow(number, new Phrase(SafeText.Line(about), Styles.Faint));
            number = new Phrase("");
        }

        grid.AddRow(number, new Phrase(SafeText.Line(text)));
    }

    public void ShowOn(CliOutput output) => output.Show(grid);
}
