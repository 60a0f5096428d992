using MemU.Evals.Data;
using MemU.Evals.Scoring;
using MemU.Reasoning;
using MemU.Retrieve;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Evals;

/// <summary>All talks of a data set, each in a space of its own in one memory that ends with the run.</summary>
internal static class EvalRun
{
    // Several turns of one sitting stand high together; deep enough to find that many different sittings.
    private const int TurnsPerSitting = 10;

    private const int TurnsToWarmUp = 300;
    private const int QuestionsToWarmUp = 100;

    /// <param name="data">The data.</param>
    /// <param name="ks">The depths.</param>
    /// <param name="variants">How to retrieve, each with a name; the first is reported, the others beside it.</param>
    /// <param name="embeddings">The embedding model to use instead of the offline one; null for none.</param>
    /// <param name="byItem">Whether to score the items that were found, by the passages that they were drawn from, in place of the evidence.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<EvalReport> RunAsync(
        DataSet data, IReadOnlyList<int> ks, IReadOnlyList<(string Name, RetrieveOptions Options)> variants,
        EmbeddingModel? embeddings, bool byItem, CancellationToken cancellationToken)
    {
        var depth = Math.Min(RetrieveOptions.MaxTopK, Math.Max(50, ks.Max()) * (data.BySitting ? TurnsPerSitting : 1));
        RetrieveOptions[] options =
        [
            .. variants.Select(v => byItem ? v.Options with { TopK = depth, EvidenceTopK = 1, Tiers = [MemoryTier.Items] } : v.Options with { EvidenceTopK = depth }),
        ];
        await using var memu = MemUHost.Create(m =>
        {
            m.UseInMemory().UseOffline();
            if (embeddings is not null)
            {
                m.Services.AddSingleton(embeddings);
            }
        });
        var runs = new List<TalkRun>();
        await WarmUpAsync(memu, data, depth, options, cancellationToken);
        var progress = new RunProgress(data.Talks.Count, Console.Error);
        foreach (var (i, talk) in data.Talks.Index())
        {
            // Names of data sets may repeat, and need not be ids.
            var run = new TalkRun(memu.OpenSpace(user: $"talk-{i + 1}"), talk, data.BySitting, byItem, depth, options, progress);
            await run.RunAsync(cancellationToken);
            runs.Add(run);
        }

        var turns = data.Talks.Sum(t => t.Turns);
        var coverage = data.Talks.SelectMany(t => t.Sittings).Any(s => s.GoldMemories.Count > 0) ? runs.Select(r => r.Coverage).ToList() : [];
        return new EvalReport(data.Hash, data.Talks.Count, turns, data.QuestionsLeftOut, data.EvidenceLeftOut, data.SittingsWithoutDate)
        {
            Unit = data.BySitting ? "session" : "turn",
            Categories = FigureTable.Of(runs.SelectMany(r => r.Scores[0]), runs.SelectMany(r => r.BaselineScores), ks),
            Talks = [.. data.Talks.Zip(runs, (t, r) => new TalkFigures(t.Name, t.Turns, FigureTable.Overall(r.Scores[0], ks)))],
            Variants =
            [
                .. variants.Select((v, i) => new VariantFigures(
                    v.Name, FigureTable.Overall(runs.SelectMany(r => r.Scores[i]), ks), FigureTable.Adversarial(runs.SelectMany(r => r.Scores[i]), ks))).Skip(1),
            ],
            Latency = Latency.Of(runs.SelectMany(r => r.Milliseconds)),
            MemorizeMicrosecondsPerTurn = runs.Sum(r => r.Memorizing.TotalMicroseconds) / Math.Max(1, turns),
            IndexMicrosecondsPerTurn = runs.Sum(r => r.Indexing.TotalMicroseconds) / Math.Max(1, runs.Sum(r => r.Indexed)),
            MemoryPoints = coverage.Count == 0 ? null : new MemoryPoints(
                coverage.Sum(c => c.Count),
                coverage.Sum(c => c.Covered * c.Count) / coverage.Sum(c => c.Count),
                coverage.Sum(c => c.BestItem * c.Count) / coverage.Sum(c => c.Count),
                coverage.Sum(c => c.AllItems * c.Count) / coverage.Sum(c => c.Count)),
        };
    }

    /// <summary>The beginning of the first talk, once and uncounted: else the times would be those of code that is being compiled.</summary>
    private static async Task WarmUpAsync(MemUHost memu, DataSet data, int depth, IReadOnlyList<RetrieveOptions> options, CancellationToken cancellationToken)
    {
        if (data.Talks is not [var first, ..])
        {
            return;
        }

        var (sittings, turns) = (new List<Sitting>(), 0);
        foreach (var sitting in first.Sittings.TakeWhile(_ => turns < TurnsToWarmUp))
        {
            sittings.Add(sitting with { GoldMemories = [] });
            turns += sitting.Turns.Count;
        }

        List<AskedQuestion> questions = [.. first.Questions.Take(QuestionsToWarmUp).Select(q => q with { SittingsBefore = sittings.Count })];
        var talk = new Talk("warm-up", sittings, questions);
        await new TalkRun(memu.OpenSpace(user: "warm-up"), talk, data.BySitting, false, depth, [options[0] with { EvidenceTopK = depth }], new RunProgress(0, TextWriter.Null)).RunAsync(cancellationToken);
    }
}
