using System.Diagnostics;
using System.Globalization;
using MemU.Evals.Data;
using MemU.Evals.Embeddings;
using MemU.InMemory;
using MemU.Reasoning;
using MemU.Storage;
using MemU.Text;
using MemU.Vectors;

namespace MemU.Evals;

/// <summary>
/// How many of the nearest vectors a search finds whose first pass runs over rounded copies, on vectors of real texts: the turns of the data sets and
/// their sentences in one space, asked with the questions of the data sets.
/// </summary>
internal static class VectorsRun
{
    private const int RowsAtOnce = 1000;
    private const double Alike = 1e-6;

    /// <param name="sets">The data sets.</param>
    /// <param name="model">The embedding model.</param>
    /// <param name="most">How many texts at most: turns first, then sentences.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<string> RunAsync(IReadOnlyList<DataSet> sets, EmbeddingModel model, int most, CancellationToken cancellationToken)
    {
        var log = new ReasoningLog();
        var talks = sets.SelectMany(s => s.Talks).ToList();
        var turns = talks.SelectMany(t => t.Sittings).SelectMany(s => s.Turns).Select(t => t.Text).ToList();
        string[] texts = [.. turns.Concat(turns.SelectMany(t => SentenceSplitter.Split(t).Select(s => s.Of(t)))).Distinct(StringComparer.Ordinal).Take(most)];
        string[] questions = [.. talks.SelectMany(t => t.Questions).Select(q => q.Text).Distinct(StringComparer.Ordinal)];
        var vectors = await model.EmbedAsync(texts, log, cancellationToken);
        var asked = await model.EmbedQueriesAsync(questions, log, cancellationToken);
        var scope = new MemoryScope("vectors");
        var (exact, rounded) = (new InMemoryVectorIndex(mode: VectorSearchMode.Exact), new InMemoryVectorIndex(mode: VectorSearchMode.Quantised));
        foreach (var rows in Enumerable.Range(0, texts.Length).Chunk(RowsAtOnce))
        {
            var changes = new VectorChanges
            {
                Upserted =
                [
                    .. rows.Select(r => new VectorRecord
                    {
                        Collection = VectorCollections.Items, Id = r.ToString(CultureInfo.InvariantCulture), Text = texts[r], Model = model.Name, Vector = vectors[r],
                    }),
                ],
            };
            await exact.ApplyAsync(scope, changes, cancellationToken);
            await rounded.ApplyAsync(scope, changes, cancellationToken);
        }

        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {texts.Length} texts of {vectors[0].Length} numbers in one space, {questions.Length} questions"),
        };
        foreach (var k in new[] { 1, 10, 50 })
        {
            lines.Add(await LineAsync(exact, rounded, scope, [.. asked.Select(v => new VectorQuery(VectorCollections.Items, v, k, model.Name))], cancellationToken));
        }

        return string.Join('\n', lines);
    }

    private static async Task<string> LineAsync(
        InMemoryVectorIndex exact, InMemoryVectorIndex rounded, MemoryScope scope, IReadOnlyList<VectorQuery> questions, CancellationToken cancellationToken)
    {
        var (found, wanted, whole, times) = (0, 0, 0, new TimeSpan[2]);
        foreach (var question in questions)
        {
            var start = Stopwatch.GetTimestamp();
            var truth = (await exact.QueryAsync(scope, question, cancellationToken)).Hits;
            times[0] += Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            var hits = (await rounded.QueryAsync(scope, question, cancellationToken)).Hits;
            times[1] += Stopwatch.GetElapsedTime(start);

            // What is as near as the last of the nearest counts: two texts may have the same vector.
            var right = hits.Count(h => h.Score >= truth[^1].Score - Alike);
            (found, wanted, whole) = (found + right, wanted + truth.Count, whole + (right == truth.Count ? 1 : 0));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"recall@{questions[0].TopK}: {found / (double)wanted:0.00000} ({wanted - found} of {wanted} missed); questions with all of them: {whole} of {questions.Count}; mean ms a question: exact {times[0].TotalMilliseconds / questions.Count:0.00}, rounded first {times[1].TotalMilliseconds / questions.Count:0.00}");
    }
}
