using MemU.Evals.Scoring;
using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Evals.Tuning;

/// <summary>
/// Chooses how strongly weights are pulled to 0 when they are fitted, by the questions they are fitted to alone: each conversation of them is ranked with weights
/// fitted to the others. Too much holds back signals that count in few questions, too little follows single questions.
/// </summary>
internal static class PullChoice
{
    // Strongest first, and kept where nothing tells that less is better: with one conversation, nothing is left to fit to.
    private static readonly double[] Pulls = [0.002, 0.001, 0.0005, 0.00025];

    public static double For(IReadOnlyList<TuningQuestion> questions, SignalWeights present)
    {
        var talks = questions.Select(q => q.Talk).Distinct().ToList();
        return talks.Count < 2 ? Pulls[0] : Pulls.MaxBy(pull => Worth([.. talks.SelectMany(t => Unseen(questions, t, present, pull))]));
    }

    private static IEnumerable<QuestionScore> Unseen(IReadOnlyList<TuningQuestion> questions, int talk, SignalWeights present, double pull)
    {
        var weights = WeightFit.Run([.. questions.Where(q => q.Talk != talk)], present, pull);
        return questions.Where(q => q.Talk == talk).Select(q => TwoFold.ScoreOf(q, weights));
    }

    private static double Worth(IReadOnlyList<QuestionScore> scores)
    {
        var figures = FigureTable.Overall(scores, [5, 10, 20]);
        return figures.Recall.Values.Sum() + figures.Mrr;
    }
}
