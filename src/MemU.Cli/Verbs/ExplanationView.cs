using System.Globalization;
using MemU.Cli.Output;
using MemU.Retrieve;

namespace MemU.Cli.Verbs;

/// <summary>Shows what was understood of a question and what gave each hit its score.</summary>
internal static class ExplanationView
{
    private const int LongestLabel = 60;

    public static void Show(CliOutput output, RetrieveResult result, RetrieveExplanation explanation)
    {
        var understood = explanation.Understood;
        output.Line();
        output.Line("Understood", Styles.Heading);
        var facts = new Rows("WHAT", "AS");
        facts.Add("text", SafeText.Line(understood.Text));
        facts.Add("words", string.Join(' ', understood.Terms));
        Add(facts, "speaker", understood.Speaker);
        Add(facts, "dates", string.Join(", ", understood.Dates.Concat(understood.Windows.Select(w => $"{w.From:yyyy-MM-dd} to {w.To:yyyy-MM-dd}"))));
        Add(facts, "asks for", string.Join(", ", understood.AsksFor));
        Add(facts, "goes on", understood.GoesOn ? "a message in a talk: what was said lately counts more" : null);
        Add(facts, "also asked", string.Join(" | ", understood.SubQueries));
        facts.ShowOn(output);
        output.Line();
        output.Line("Why", Styles.Heading);
        var rows = new Rows("HIT", "SCORE", "PARTS");
        Add(rows, explanation.Evidence, result.Evidence, p => p.Text);
        Add(rows, explanation.Items, result.Items, i => i.Summary);
        Add(rows, explanation.Categories, result.Categories, c => c.Name);
        Add(rows, explanation.Resources, result.Resources, r => r.Caption ?? r.Url);
        rows.ShowOn(output);
    }

    private static void Add(Rows rows, string what, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            rows.Add(what, SafeText.Line(text));
        }
    }

    private static void Add<T>(Rows rows, IReadOnlyList<HitExplanation> why, IReadOnlyList<Scored<T>> hits, Func<T, string> label)
    {
        foreach (var (explanation, hit) in why.Zip(hits))
        {
            var parts = explanation.Parts.OrderByDescending(p => Math.Abs(p.Score)).Select(p => $"{p.Signal} {Number(p.Score)}");
            rows.Add(SafeText.Line(label(hit.Value), LongestLabel), Number(hit.Score), string.Join(", ", parts));
        }
    }

    private static string Number(double score) => score.ToString("0.000", CultureInfo.InvariantCulture);
}
