using MemU.Reasoning;
using MemU.Retrieve.Evidence;
using MemU.Retrieve.Lexical;
using MemU.Vectors;

namespace MemU.Retrieve;

/// <summary>
/// Finds what lies near a question in a collection of vectors. Entries without a vector, or with one of another model, are not an error: they
/// are counted and reported, and the search by words still reaches them. A damaged index is an error. Thread-safe.
/// </summary>
internal sealed class VectorSearch(IVectorIndex index, EmbeddingModel embedding)
{
    private const int LeastDepth = 50;
    private const int DepthPerHit = 4;

    // Deep enough that what one passage is worth does not depend on how many are wanted.
    private const int PassageDepth = 200;

    /// <summary>True when the vectors are hashed features, which say little.</summary>
    public bool IsOffline => embedding.IsOffline;

    /// <summary>How much vectors count in a fusion.</summary>
    public double Weight => embedding.IsOffline ? Fusion.OfflineWeight : Fusion.ModelWeight;

    /// <summary>Numbers of entries with their cosine, best first.</summary>
    /// <param name="run">Whose query is asked; it is embedded once.</param>
    /// <param name="space">The space.</param>
    /// <param name="collection">One of <see cref="VectorCollections"/>.</param>
    /// <param name="what">What the entries are, in the plural, for the warning.</param>
    /// <param name="ids">The id of every entry, by number.</param>
    /// <param name="topK">How many hits the caller wants in the end.</param>
    /// <param name="isExpected">Whether an entry should have a vector, by number.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<Scored<int>>> NearestAsync(
        Retrieval run, SpaceTextIndex space, string collection, string what, StringTable ids, int topK,
        Func<int, bool> isExpected, CancellationToken cancellationToken) =>
        CountExpected(space, collection, ids, isExpected) is > 0 and var count
            ? await NearestAsync(
                run, space, collection, what, ids, Math.Max(LeastDepth, DepthPerHit * topK), count, isExpected, (await EmbedAsync(run, space, cancellationToken)).Vector, cancellationToken)
            : [];

    /// <summary>Numbers of passages with their cosine, best first: for the query, and for the query without speakers' names where it names some.</summary>
    /// <param name="run">Whose query is asked; it is embedded once, both ways in one request.</param>
    /// <param name="space">The space.</param>
    /// <param name="isExpected">Whether a passage should have a vector, by number.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<IReadOnlyList<Scored<int>>>> NearestPassagesAsync(
        Retrieval run, SpaceTextIndex space, Func<int, bool> isExpected, CancellationToken cancellationToken)
    {
        const string Collection = VectorCollections.Passages;
        var ids = space.Passages.Ids;
        var count = CountExpected(space, Collection, ids, isExpected);
        if (count == 0)
        {
            return [];
        }

        var embedded = await EmbedAsync(run, space, cancellationToken);
        var lists = new List<IReadOnlyList<Scored<int>>>();
        foreach (var vector in embedded.Nameless is { } nameless ? [embedded.Vector, nameless] : new[] { embedded.Vector })
        {
            lists.Add(await NearestAsync(
                run, space, Collection, "passages", ids, Math.Max(PassageDepth, DepthPerHit * run.EvidenceTopK), count, isExpected, vector, cancellationToken));
        }

        return lists;
    }

    private async Task<IReadOnlyList<Scored<int>>> NearestAsync(
        Retrieval run, SpaceTextIndex space, string collection, string what, StringTable ids, int depth, int count,
        Func<int, bool> isExpected, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        // Until all vectors are known to be there, every one is asked for: what does not come back is missing.
        var isComplete = space.CompleteVectors.ContainsKey(collection);
        var answer = await index.QueryAsync(
            run.Scope, new VectorQuery(collection, vector, isComplete ? depth : Math.Max(depth, 2 * count), embedding.Name), cancellationToken);
        var hits = answer.Hits
            .Select(h => new Scored<int>(ids.Find(h.Value), h.Score))
            .Where(h => h.Value >= 0)
            .ToList();
        if (!isComplete)
        {
            var missing = count - hits.Count(h => isExpected(h.Value));
            if (missing > 0)
            {
                run.Warn(Warning(missing, count, what, Math.Min(missing, answer.Skipped)));
            }
            else
            {
                space.CompleteVectors[collection] = true;
            }
        }

        return hits.Count <= depth ? hits : hits.GetRange(0, depth);
    }

    private static int CountExpected(SpaceTextIndex space, string collection, StringTable ids, Func<int, bool> isExpected) =>
        space.CompleteVectors.ContainsKey(collection) ? ids.Count : Enumerable.Range(0, ids.Count).Count(isExpected);

    private async Task<EmbeddedQuery> EmbedAsync(Retrieval run, SpaceTextIndex space, CancellationToken cancellationToken)
    {
        if (run.Embedded is not { } embedded || embedded.Query != run.Query)
        {
            var nameless = embedding.IsOffline ? null : NamelessText.Of(space.Passages, run.Query);
            var vectors = await embedding.EmbedQueriesAsync(nameless is null ? [run.Query] : [run.Query, nameless], run.Log, cancellationToken);
            embedded = new EmbeddedQuery(run.Query, vectors[0], vectors is [_, var second] ? second : (ReadOnlyMemory<float>?)null);
            run.Embedded = embedded;
        }

        return embedded;
    }

    private string Warning(int missing, int count, string what, int skipped) =>
        $"{missing} of {count} {what} have no vector of the embedding model '{embedding.Name}'"
        + (skipped > 0 ? $" ({skipped} of them one of another model or dimension)" : "")
        + " and were searched by words only. Run `memu reindex`.";
}
