using System.Globalization;

namespace MemU.Evals.Scoring;

/// <summary>Sums scores up by category; adversarial questions stand apart from the overall figure.</summary>
internal static class FigureTable
{
    public const string OverallName = "overall";

    private static readonly string[] Names = ["multi-hop", "temporal", "open-domain", "single-hop", "adversarial"];

    public static IReadOnlyList<CategoryFigures> Of(IEnumerable<QuestionScore> memu, IEnumerable<QuestionScore> bm25, IReadOnlyList<int> ks)
    {
        var (ours, theirs) = (memu.ToList(), bm25.ToList());
        var labels = ours.Select(s => s.Category).Distinct().Order(StringComparer.Ordinal).OrderBy(IsAdversarial).ToList();
        var rows = labels.Select(l => new CategoryFigures(
            NameOf(l), Of(ours.Where(s => s.Category == l), ks), Of(theirs.Where(s => s.Category == l), ks))).ToList();
        rows.Insert(labels.TakeWhile(l => !IsAdversarial(l)).Count(), new CategoryFigures(OverallName, Overall(ours, ks), Overall(theirs, ks)));
        return rows;
    }

    /// <summary>Over all questions but the adversarial ones.</summary>
    public static Figures Overall(IEnumerable<QuestionScore> scores, IReadOnlyList<int> ks) => Of(scores.Where(s => !IsAdversarial(s.Category)), ks);

    /// <summary>Over the adversarial questions.</summary>
    public static Figures Adversarial(IEnumerable<QuestionScore> scores, IReadOnlyList<int> ks) => Of(scores.Where(s => IsAdversarial(s.Category)), ks);

    private static Figures Of(IEnumerable<QuestionScore> scores, IReadOnlyList<int> ks)
    {
        var all = scores.ToList();
        return new Figures(
            all.Count, ks.ToDictionary(Key, k => Mean(all, s => s.Recall(k))), ks.ToDictionary(Key, k => Mean(all, s => s.Hit(k))),
            Mean(all, s => s.ReciprocalRank), Mean(all, s => s.Ndcg(10)));
    }

    private static double Mean(List<QuestionScore> scores, Func<QuestionScore, double> figure) => scores.Count == 0 ? 0 : scores.Average(figure);

    private static bool IsAdversarial(string label) => label is "5" || label.Contains("adversarial", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string label) => label is ['1' or '2' or '3' or '4' or '5'] ? $"{label} {Names[label[0] - '1']}" : label;

    private static string Key(int k) => k.ToString(CultureInfo.InvariantCulture);
}
