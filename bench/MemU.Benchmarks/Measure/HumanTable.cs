using System.Globalization;
using System.Text;

namespace MemU.Benchmarks.Measure;

/// <summary>A report for people.</summary>
internal static class HumanTable
{
    private static readonly string[] Head = ["work", "provider", "mode", "spaces", "count", "dim", "median", "p25–p75", "unit", "baseline", "ratio", "p25–p75", "goal", ""];

    public static string Of(ScenarioReport report)
    {
        var text = new StringBuilder();
        var m = report.Machine;
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Scenario}: {report.Description}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{m.Cores} cores, {m.Cpu}, {m.Simd}, {m.MemoryGigabytes} GB, {m.Os} {m.Architecture}, {m.Dotnet}, SQLite {m.Sqlite}, MemU {m.Memu}, {m.Build}, seed {report.Settings.Seed}");
        if (report.Missing is { } missing)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  NOT MEASURED: {missing}");
            return text.ToString();
        }

        var lines = new List<string[]> { Head };
        foreach (var row in report.Rows)
        {
            lines.AddRange(LinesOf(row));
        }

        var widths = Enumerable.Range(0, Head.Length).Select(c => lines.Max(l => l[c].Length)).ToArray();
        foreach (var line in lines)
        {
            text.AppendLine("  " + string.Join("  ", line.Select((cell, c) => IsNumber(c) ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd());
        }

        foreach (var note in report.Rows.Select(r => r.Note).OfType<string>().Distinct())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {note}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"  {report.GoalsMet} goals met, {report.GoalsMissed} not, in {report.Seconds:0} s");
        return text.ToString();
    }

    /// <summary>A number in four digits at most, without an exponent.</summary>
    public static string Number(double value) => value switch
    {
        0 => "0",
        _ when Math.Abs(value) >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) >= 0.1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static IEnumerable<string[]> LinesOf(Row row)
    {
        string[] lead =
        [
            row.Work, row.Provider, row.Durability ?? "", Number(row.Spaces), Number(row.Count), row.Dimension?.ToString(CultureInfo.InvariantCulture) ?? "",
            Number(row.Value.Median), Range(row.Value), row.Unit,
        ];
        string[] empty = [.. lead.Select(_ => "")];
        var rest = row.Comparisons.Select(c => new[] { $"{c.Baseline}: {Number(c.Value.Median)}", Number(c.Ratio.Median), Range(c.Ratio), c.Goal?.Text ?? "", Verdict(c.Goal) })
            .Concat(row.Goals.Select(g => new[] { "", "", "", g.Text, $"{Verdict(g)} ({Number(g.Figure)})" }))
            .Concat(row.Figures.Select(f => new[] { f.Key, Number(f.Value), "", "", "" }))
            .DefaultIfEmpty(["", "", "", "", ""]);
        return rest.Select((r, i) => (string[])[.. i == 0 ? lead : empty, .. r]);
    }

    private static string Verdict(Goal? goal) => goal is null ? "" : goal.Met ? "met" : "NOT MET";

    private static string Range(Spread spread) => spread.Count > 1 ? $"{Number(spread.P25)}–{Number(spread.P75)}" : "";

    private static bool IsNumber(int column) => column is >= 3 and <= 7 or 10 or 11;
}
