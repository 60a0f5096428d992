using System.Numerics.Tensors;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Ranks candidates by the words they share with the question (BM25), and a little by their hashed embedding.</summary>
internal static class Ranker
{
    private const double K1 = 0.9;
    private const double B = 0.4;
    private const double EmbeddingShare = 0.3;
    private const double LeastCosine = 0.15;

    /// <summary>The ids of the best candidates, the best first; candidates that have nothing in common with the question are left out.</summary>
    public static IReadOnlyList<string> Rank(RankRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var query = TextAnalyzer.Terms(request.Query).Distinct().ToArray();
        var bags = request.Candidates.Select(c => TextAnalyzer.Terms(c.Text).CountBy(t => t).ToDictionary()).ToArray();
        cancellationToken.ThrowIfCancellationRequested();
        var lexical = Bm25(query, bags);
        var best = Math.Max(lexical.DefaultIfEmpty().Max(), 1e-9);
        var asked = OfflineEmbeddingGenerator.Embed(request.Query);
        return [.. request.Candidates
            .Select((c, n) => (c.Id, Lexical: lexical[n], Cosine: TensorPrimitives.Dot(asked, OfflineEmbeddingGenerator.Embed(c.Text))))
            .Where(c => c.Lexical > 0 || c.Cosine >= LeastCosine)
            .OrderByDescending(c => (c.Lexical / best) + (EmbeddingShare * c.Cosine))
            .Select(c => c.Id)
            .Distinct()
            .Take(request.TopK)];
    }

    private static double[] Bm25(string[] query, Dictionary<string, int>[] bags)
    {
        var lengths = bags.Select(b => (double)b.Values.Sum()).ToArray();
        var average = Math.Max(lengths.DefaultIfEmpty().Average(), 1);
        var scores = new double[bags.Length];
        foreach (var term in query)
        {
            var holders = bags.Count(b => b.ContainsKey(term));
            var rarity = Math.Log(1 + ((bags.Length - holders + 0.5) / (holders + 0.5)));
            for (var i = 0; i < bags.Length; i++)
            {
                var count = bags[i].GetValueOrDefault(term);
                scores[i] += rarity * count * (K1 + 1) / (count + (K1 * (1 - B + (B * lengths[i] / average))));
            }
        }

        return scores;
    }
}
