using System.Globalization;
using System.Text;
using System.Text.Json;
using MemU.Evals.Scoring;

namespace MemU.Evals;

/// <summary>A report for people, and for programs.</summary>
internal static class ReportText
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string ToJson(EvalReport report) => JsonSerializer.Serialize(report, Json);

    public static string ToText(EvalReport report, IReadOnlyList<int> ks)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"{report.Conversations} conversations, {report.Turns} turns; unit: {report.Unit}; data sha256 {report.DataSha256}"));
        text.AppendLine(Invariant(
            $"left out: {report.QuestionsLeftOut} questions without words or evidence that exists, {report.EvidenceLeftOut} names of evidence; {report.SessionsWithoutDate} sessions without a date"));
        text.AppendLine();
        text.Append(Table(report.Categories, ks));
        if (report.Talks.Count > 1)
        {
            text.AppendLine();
            foreach (var talk in report.Talks)
            {
                text.AppendLine(Line(talk.Talk, "memu", talk.MemU));
            }
        }

        foreach (var variant in report.Variants)
        {
            text.AppendLine(Line(variant.Variant, "memu", variant.Overall));
            if (variant.Adversarial.Questions > 0)
            {
                text.AppendLine(Line("  adversarial", "", variant.Adversarial));
            }
        }

        text.AppendLine();
        text.AppendLine(Invariant($"retrieve: p50 {report.Latency.P50:0.00} ms, p95 {report.Latency.P95:0.00} ms, max {report.Latency.Max:0.0} ms"));
        text.AppendLine(Invariant($"memorize: {report.MemorizeMicrosecondsPerTurn:0} µs a turn; search index: {report.IndexMicrosecondsPerTurn:0} µs a turn"));
        if (report.MemoryPoints is { } points)
        {
            text.AppendLine(Invariant(
                $"gold memories: {points.Count}; half of the words or more in one item: {100 * points.Covered:0.0} %; words in the best item: {100 * points.TermsInBestItem:0.0} %, in all items of the session: {100 * points.TermsInAllItems:0.0} %"));
        }

        return text.ToString();
    }

    /// <summary>One line a category, and one for plain BM25 where it was run.</summary>
    public static string Table(IReadOnlyList<CategoryFigures> categories, IReadOnlyList<int> ks)
    {
        var text = new StringBuilder();
        text.AppendLine($"{"",-24}{"n",5} {"",-6}{string.Concat(ks.Select(k => Invariant($"{"R@" + k,7}")))}{string.Concat(ks.Select(k => Invariant($"{"hit@" + k,8}")))}{"MRR",7}{"nDCG@10",9}");
        foreach (var row in categories)
        {
            text.AppendLine(Line(row.Category, "memu", row.MemU));
            if (row.Bm25.Questions > 0)
            {
                text.AppendLine(Line("", "bm25", row.Bm25));
            }
        }

        return text.ToString();
    }

    private static string Line(string name, string engine, Figures f) =>
        $"{name,-24}{f.Questions,5} {engine,-6}{string.Concat(f.Recall.Values.Select(r => Share(r, 7)))}{string.Concat(f.Hit.Values.Select(h => Share(h, 8)))}{Share(f.Mrr, 7)}{Share(f.Ndcg10, 9)}";

    private static string Share(double share, int width) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture).PadLeft(width);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
