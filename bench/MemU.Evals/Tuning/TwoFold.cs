using System.Globalization;
using MemU.Evals.Data;
using MemU.Evals.Scoring;
using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Evals.Tuning;

/// <summary>
/// Chooses weights on every second conversation and reports them on the others, and the other way round: what the ranking is worth on conversations that
/// its weights have not seen. It ranks the passages alone, without items and without going through a store.
/// </summary>
internal static class TwoFold
{
    private const int Candidates = 100;

    public static string Run(DataSet data, IReadOnlyList<int> ks)
    {
        var talks = data.Talks.Select((t, n) => (Number: n, Talk: t, Index: IndexOf(t))).ToList();
        var kind = talks.SelectMany(t => t.Index.Sessions).CountBy(s => s.Kind).MaxBy(k => k.Value).Key;
        var questions = talks.SelectMany(t => Read(t.Number, t.Talk, t.Index)).ToList();
        TuningQuestion[][] halves = [.. new[] { 0, 1 }.Select(half => questions.Where(q => q.Talk % 2 == half).ToArray())];
        var weights = SignalWeights.For(kind, questions.Count(q => new Question(q.Asked.Text).IsPlain) * 2 > questions.Count);
        double[] pulls = [.. halves.Select(h => PullChoice.For(h, weights))];
        double[][] fitted = [.. halves.Zip(pulls, (half, pull) => WeightFit.Run(half, weights, pull))];
        var unseen = questions.Select(q => ScoreOf(q, fitted[1 - (q.Talk % 2)])).ToList();
        var present = questions.Select(q => ScoreOf(q, [.. weights.All])).ToList();
        var lines = new List<string> { "weights of the other half:", ReportText.Table(FigureTable.Of(unseen, [], ks), ks) };
        lines.AddRange([$"present weights ({kind}):", ReportText.Table(FigureTable.Of(present, [], ks), ks), $"{"signal",-18}{"present",9}{"half 1",9}{"half 2",9}"]);
        lines.AddRange(Enum.GetValues<Signal>().Select(s => string.Create(
            CultureInfo.InvariantCulture,
            $"{EvidenceSignals.NameOf(s),-18}{weights[s] / weights[Signal.Words],9:0.00}{fitted[0][(int)s] / fitted[0][0],9:0.00}{fitted[1][(int)s] / fitted[1][0],9:0.00}")));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{"pull to 0",-18}{"",9}{pulls[0],9:0.#####}{pulls[1],9:0.#####}"));
        return string.Join('\n', lines);
    }

    /// <summary>The passages of a talk as a space would index them.</summary>
    public static PassageIndex IndexOf(Talk talk)
    {
        var builder = new PassageIndexBuilder();
        foreach (var (sitting, resource) in talk.Sittings.Select((s, i) => (s, i.ToString("0000", CultureInfo.InvariantCulture))))
        {
            foreach (var (turn, position) in sitting.Turns.Select((t, i) => (t, i)))
            {
                builder.Add(new Passage
                {
                    Scope = new MemoryScope(), Id = turn.Id, ResourceId = resource, Position = position, Start = 0, Role = turn.Speaker, Text = turn.Text,
                    HappenedAt = sitting.Time,
                });
            }
        }

        return builder.Build();
    }

    private static IEnumerable<TuningQuestion> Read(int number, Talk talk, PassageIndex index)
    {
        var turnsBefore = talk.Sittings.Aggregate(new List<int> { 0 }, (sums, sitting) => [.. sums, sums[^1] + sitting.Turns.Count]);
        foreach (var asked in talk.Questions)
        {
            using var arrays = new ScoreArrays();
            var signals = new EvidenceSignals(index, new Question(asked.Text, asked.AskedAt), arrays);
            var scores = EvidenceRanker.Score(index, signals);
            var evidence = asked.Evidence.Select(e => index.Ids.Find(e)).ToHashSet();
            int[] rows = [.. Enumerable.Range(0, turnsBefore[asked.SittingsBefore]).OrderByDescending(i => scores[i]).Take(Candidates).Union(evidence).Order()];
            yield return new TuningQuestion(
                number, asked, [.. rows.Select(r => index.Ids[r])], [.. rows.Select(r => Values(signals, r))],
                [.. rows.Select((r, i) => (r, i)).Where(x => evidence.Contains(x.r)).Select(x => x.i)]);
        }
    }

    // Nothing where nothing fits, as in the ranking: evidence is always a candidate, but its rivals only when they are among the best, so a value for passages that
    // nothing leads to would find evidence that no question finds.
    private static double[] Values(EvidenceSignals signals, int passage)
    {
        var values = new double[SignalWeights.Count];
        if (signals.Fits(passage))
        {
            signals.Read(passage, values);
        }

        return values;
    }

    /// <summary>How a question is answered with some weights.</summary>
    public static QuestionScore ScoreOf(TuningQuestion question, double[] weights)
    {
        var order = Enumerable.Range(0, question.Ids.Length).OrderByDescending(i => WeightFit.Score(question.Values[i], weights)).Select(i => question.Ids[i]);
        return new QuestionScore(question.Asked.Category, question.Asked.Evidence, order);
    }
}
