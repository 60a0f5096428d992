using MemU.Reasoning;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>
/// Finds the verbatim passages: scored for the question and for the smaller questions it was taken apart into, and reranked where that is wanted.
/// Where a model may be asked and one more query is allowed, it looks at what was found and says what is still to be searched for. Thread-safe.
/// </summary>
internal sealed class EvidenceSearch(IMemoryStore store, QuerySearch search, Reranking reranking, IMemoryReasoner reasoner)
{
    /// <summary>
    /// Where the best hit of a smaller question stands, as a share of the best hit of the question. A passage has the best of its scores, not their sum:
    /// each part is to bring its own hits, and what fits all parts a little is no answer to any.
    /// </summary>
    public const double SubQueryWeight = 0.9;

    private const int MostJudged = 20;

    public async Task<IReadOnlyList<Scored<Passage>>> SearchAsync(Retrieval run, SpaceTextIndex space, CancellationToken cancellationToken)
    {
        var question = await search.ScoreAsync(run, space, cancellationToken);
        var parts = new List<QueryScores>();
        foreach (var part in run.SubQueries)
        {
            parts.Add(await search.ScoreAsync(run.For(part), space, cancellationToken));
        }

        var found = await BestAsync(run, space, question, parts, cancellationToken);
        if (await FollowUpAsync(run, [.. found.Take(run.EvidenceTopK)], cancellationToken) is { } next)
        {
            run.SubQueries = [.. run.SubQueries, next];
            parts.Add(await search.ScoreAsync(run.For(next), space, cancellationToken));
            found = await BestAsync(run, space, question, parts, cancellationToken);
        }

        if (run.SubQueries.Count > 0)
        {
            run.Trace("sub-queries", $"{run.SubQueries.Count} searched", string.Join(" | ", run.SubQueries));
        }

        // Those beyond are there to take the place of hits that repeat others: nobody is asked about them.
        var opinions = await reranking.AskAsync(run, [.. found.Take(run.EvidenceTopK)], cancellationToken);
        if (opinions.Count > 0)
        {
            found = [.. found.Select(h => h with { Score = h.Score + (Reranking.Weight * opinions.GetValueOrDefault(h.Value.Id)) }).OrderByDescending(h => h.Score)];
            run.Trace("rerank", $"{opinions.Count} judged");
        }

        var chosen = Variety.Choose(found, p => p.Text, run.EvidenceTopK, run.Options.Diversity);
        return run.Options.Explain ? [.. chosen.Select(c => Explained(run, c.Hit, c.Repeats))] : [.. chosen.Select(c => c.Hit)];

        Scored<Passage> Explained(Retrieval run, Scored<Passage> hit, double repeats)
        {
            var id = hit.Value.Id;
            run.Explain("evidence", hit, id, PartsOf(space.Passages.Ids.Find(id), id, question, parts, opinions));
            return run.ExplainRepeats("evidence", hit, id, repeats);
        }
    }

    /// <summary>Some more than are wanted. The same words by the same speaker at the same time are told once.</summary>
    private async Task<IReadOnlyList<Scored<Passage>>> BestAsync(
        Retrieval run, SpaceTextIndex space, QueryScores question, List<QueryScores> parts, CancellationToken cancellationToken)
    {
        var hits = TopScores.Of(Together(run, question, parts), run.EvidenceTopK + Variety.Spare).WithIds(space.Passages.Ids);
        return
        [
            .. hits.With(await store.GetPassagesAsync(run.Scope, hits.Ids(), cancellationToken), p => p.Id)
                .DistinctBy(h => (h.Value.Text, h.Value.Role, h.Value.HappenedAt)),
        ];
    }

    /// <summary>The score of every passage for the question and its smaller ones.</summary>
    private static ReadOnlySpan<float> Together(Retrieval run, QueryScores question, List<QueryScores> parts)
    {
        if (parts.Count == 0)
        {
            return question.All;
        }

        var scores = run.Arrays.Scores(question.All.Length).AsSpan(0, question.All.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = (float)(question.All[i] + BestPart(question, parts, i).Gain);
        }

        return scores;
    }

    /// <summary>What is still to be searched for after the first hits; null when they are enough, nothing new is asked, or nobody may be asked.</summary>
    private async Task<string?> FollowUpAsync(Retrieval run, IReadOnlyList<Scored<Passage>> found, CancellationToken cancellationToken)
    {
        if (reasoner.IsOffline || found.Count == 0 || run.SubQueries.Count >= run.Options.SubQueries)
        {
            return null;
        }

        var texts = found.Take(MostJudged).Select(h => string.IsNullOrEmpty(h.Value.Role) ? h.Value.Text : $"{h.Value.Role}: {h.Value.Text}").ToList();
        var verdict = await reasoner.JudgeAsync(run.Scope, new JudgeRequest(MemoryTier.Items, run.Query, run.Context, texts), run.Log, cancellationToken);
        var isNew = !string.IsNullOrWhiteSpace(verdict.NextQuery)
            && !run.SubQueries.Append(run.Query).Contains(verdict.NextQuery, StringComparer.OrdinalIgnoreCase);
        run.Trace("judge evidence", verdict.IsEnough ? "enough" : isNew ? "go on" : "nothing new to ask", verdict.Reason);
        return verdict.IsEnough || !isNew ? null : verdict.NextQuery;
    }

    /// <summary>The smaller question that a passage fits best, from 1, and what that adds to its score for the whole one.</summary>
    private static (int Number, double Gain) BestPart(QueryScores question, List<QueryScores> parts, int passage)
    {
        var (number, share) = (0, 0.0);
        foreach (var (n, part) in parts.Index())
        {
            if (part.Share(passage) > share)
            {
                (number, share) = (n + 1, part.Share(passage));
            }
        }

        return (number, Math.Max(0, (SubQueryWeight * share * (question.Best > 0 ? question.Best : 1)) - question.All[passage]));
    }

    private static List<ScorePart> PartsOf(
        int passage, string id, QueryScores question, List<QueryScores> subQueries, IReadOnlyDictionary<string, double> opinions)
    {
        var parts = question.Parts(passage);
        if (BestPart(question, subQueries, passage) is { Gain: > 0 } best)
        {
            parts.Add(new ScorePart($"sub_query_{best.Number}", best.Gain, 1));
        }

        if (opinions.TryGetValue(id, out var opinion))
        {
            parts.Add(new ScorePart("rerank", opinion, Reranking.Weight));
        }

        return parts;
    }
}
