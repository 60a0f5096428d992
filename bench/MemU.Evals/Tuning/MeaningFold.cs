using System.Globalization;
using System.Numerics.Tensors;
using MemU.Evals.Data;
using MemU.Evals.Scoring;
using MemU.Reasoning;
using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Evals.Tuning;

/// <summary>
/// Chooses how much vectors count on every second conversation and reports it on the others, and the other way round, with the weights of words as they are in
/// the code. Passages alone, without items and without going through a store.
/// </summary>
internal static class MeaningFold
{
    private const int Depth = 200;
    private const int Candidates = 80;
    private const double FirstStep = 0.4, LastStep = 0.05, LeastGain = 1e-5, AdversarialShare = 0.05;

    public static async Task<string> RunAsync(DataSet data, EmbeddingModel model, IReadOnlyList<int> ks, CancellationToken cancellationToken)
    {
        var questions = new List<MeaningQuestion>();
        var kinds = new List<SessionKind>();
        foreach (var (number, talk) in data.Talks.Index())
        {
            kinds.AddRange(TwoFold.IndexOf(talk).Sessions.Select(s => s.Kind));
            questions.AddRange(await ReadAsync(number, talk, model, cancellationToken));
        }

        var kind = kinds.CountBy(k => k).MaxBy(k => k.Value).Key;
        MeaningWeights[] fitted = [.. new[] { 0, 1 }.Select(half => Fit([.. questions.Where(q => q.Talk % 2 == half)]))];
        var present = MeaningWeights.For(kind, questions.Count(q => new Question(q.Asked.Text).IsPlain) * 2 > questions.Count);
        var none = new MeaningWeights(0, 0, 0, 0);
        return string.Join('\n',
            "cosine alone, the question as it is:", Table(questions.Select(q => new QuestionScore(q.Asked.Category, q.Asked.Evidence, q.AsAsked)), ks),
            "cosine alone, the question without the names of speakers:", Table(questions.Select(q => new QuestionScore(q.Asked.Category, q.Asked.Evidence, q.Nameless)), ks),
            "words alone:", Table(questions.Select(q => ScoreOf(q, none, 0)), ks),
            $"vectors of {model.Name}, weights of the other half:", Table(questions.Select(q => ScoreOf(q, fitted[1 - (q.Talk % 2)])), ks),
            $"present weights ({kind}):", Table(questions.Select(q => ScoreOf(q, present)), ks),
            $"{"",-10}{"own",7}{"answer",9}{"next",7}{"session",9}", Line("present", present), Line("half 1", fitted[0]), Line("half 2", fitted[1]));
    }

    private static async Task<IReadOnlyList<MeaningQuestion>> ReadAsync(int number, Talk talk, EmbeddingModel model, CancellationToken cancellationToken)
    {
        var log = new ReasoningLog();
        var turns = talk.Sittings.SelectMany(s => s.Turns).ToList();
        var vectorOf = turns.Zip(await model.EmbedAsync([.. turns.Select(t => t.Text)], log, cancellationToken)).ToDictionary(t => t.First.Id, t => t.Second);
        var read = new List<MeaningQuestion>();
        var (sittings, index, vectors) = (-1, TwoFold.IndexOf(talk), new List<ReadOnlyMemory<float>>());
        foreach (var asked in talk.Questions.OrderBy(q => q.SittingsBefore))
        {
            if (asked.SittingsBefore != sittings)
            {
                sittings = asked.SittingsBefore;
                index = TwoFold.IndexOf(talk with { Sittings = [.. talk.Sittings.Take(sittings)] });
                vectors = [.. index.Ids.Strings.Select(i => vectorOf[i])];
            }

            var nameless = NamelessText.Of(index, asked.Text);
            var asVectors = await model.EmbedQueriesAsync(nameless is null ? [asked.Text] : [asked.Text, nameless], log, cancellationToken);
            IReadOnlyList<Scored<int>>[] nearest = [.. asVectors.Select(v => Nearest(vectors, v))];
            var question = new Question(asked.Text, asked.AskedAt);
            using var arrays = new ScoreArrays();
            var meaning = new MeaningScores(index, question.IsPlain, nearest, arrays);
            var words = EvidenceRanker.Score(index, question);
            var best = Math.Max(TopScores.Highest(words), float.Epsilon);
            int[] rows =
            [
                .. Enumerable.Range(0, words.Length).OrderByDescending(i => words[i]).Take(Candidates)
                    .Union(Enumerable.Range(0, words.Length).OrderByDescending(i => MeaningWeights.PeerChat.Score(meaning[i])).Take(Candidates)).Order(),
            ];
            read.Add(new MeaningQuestion(number, asked, [.. rows.Select(r => index.Ids[r])], [.. rows.Select(r => words[r] / best)], [.. rows.Select(r => meaning[r])])
            {
                AsAsked = [.. nearest[0].Select(n => index.Ids[n.Value])], Nameless = [.. nearest[^1].Select(n => index.Ids[n.Value])],
            });
        }

        return read;
    }

    private static IReadOnlyList<Scored<int>> Nearest(IReadOnlyList<ReadOnlyMemory<float>> vectors, ReadOnlyMemory<float> question) =>
        [.. vectors.Select((v, i) => new Scored<int>(i, TensorPrimitives.CosineSimilarity(v.Span, question.Span))).OrderByDescending(s => s.Score).Take(Depth)];

    /// <summary>Goes uphill, one weight at a time, with smaller and smaller steps.</summary>
    private static MeaningWeights Fit(IReadOnlyList<MeaningQuestion> questions)
    {
        var (weights, best) = (new MeaningWeights(0, 0, 0, 0), 0.0);
        best = Worth(questions, weights);
        for (var step = FirstStep; step >= LastStep;)
        {
            MeaningWeights[] tries =
            [
                .. new[] { step, -step }.SelectMany(s => new[]
                {
                    weights with { Own = weights.Own + s }, weights with { Answer = weights.Answer + s }, weights with { Next = weights.Next + s },
                    weights with { Session = weights.Session + s },
                }).Where(w => w is { Own: >= 0, Answer: >= 0, Next: >= 0, Session: >= 0 }),
            ];
            var (found, worth) = tries.Select(w => (w, Worth(questions, w))).MaxBy(t => t.Item2);
            (weights, best, step) = worth > best + LeastGain ? (found, worth, step) : (weights, best, step / 2);
        }

        return weights;
    }

    private static double Worth(IReadOnlyList<MeaningQuestion> questions, MeaningWeights weights)
    {
        var scores = questions.Select(q => ScoreOf(q, weights)).ToList();
        var (all, adversarial) = (FigureTable.Overall(scores, [5, 10, 20]), FigureTable.Adversarial(scores, [10]));
        return ((all.Recall.Values.Sum() + all.Recall["10"] + all.Mrr) / 5) + (AdversarialShare * (adversarial.Recall["10"] + adversarial.Mrr));
    }

    private static QuestionScore ScoreOf(MeaningQuestion question, MeaningWeights weights, double alike = 1)
    {
        var scores = question.Words.Select((w, i) => w + weights.Score(question.Meaning[i]) - ((1 - alike) * MeaningWeights.Alike * question.Meaning[i].Alike)).ToArray();
        return new QuestionScore(question.Asked.Category, question.Asked.Evidence, Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Select(i => question.Ids[i]));
    }

    private static string Table(IEnumerable<QuestionScore> scores, IReadOnlyList<int> ks) => ReportText.Table(FigureTable.Of(scores, [], ks), ks);

    private static string Line(string name, MeaningWeights w) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-10}{w.Own,7:0.00}{w.Answer,9:0.00}{w.Next,7:0.00}{w.Session,9:0.00}");
}
