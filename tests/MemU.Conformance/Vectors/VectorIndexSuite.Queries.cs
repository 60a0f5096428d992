using MemU.Vectors;

namespace MemU.Conformance.Vectors;

/// <summary>Exact search and isolation.</summary>
public abstract partial class VectorIndexSuite
{
    [Fact]
    public async Task The_nearest_come_first_with_their_cosine()
    {
        await UpsertAsync(Vector("opposite", -3, 0), Vector("same", 0.5f, 0), Vector("right angle", 0, 2), Vector("between", 1, 1));

        var hits = await Index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 10, 0 }, 4), Token);

        Assert.Equal(["same", "between", "right angle", "opposite"], hits.Hits.Select(h => h.Value));
        Assert.Equal([1, 0.7071068, 0, -1], hits.Hits.Select(h => Math.Round(h.Score, 6)), (a, b) => Math.Abs(a - b) < 2e-6);
        Assert.Equal(0, hits.Skipped);
    }

    [Fact]
    public async Task Equal_scores_come_in_order_of_id_and_no_more_than_asked_for()
    {
        await UpsertAsync([.. new[] { "c", "b", "B", "a", "d" }.Select(id => Vector(id, 3, 4))]);

        Assert.Equal(["B", "a", "b"], await QueryAsync(new VectorQuery(VectorCollections.Items, new float[] { 3, 4 }, 3)));
        Assert.Equal(5, (await QueryAsync(new VectorQuery(VectorCollections.Items, new float[] { 3, 4 }, int.MaxValue))).Count);
    }

    [Fact]
    public async Task Vectors_of_another_dimension_are_skipped_and_counted()
    {
        await UpsertAsync(Vector("two", 1, 1), Vector("three", 1, 1, 1), Vector("four", 1, 1, 1, 1));

        var hits = await Index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 1, 0, 0 }, 5), Token);

        Assert.Equal(["three"], hits.Hits.Select(h => h.Value));
        Assert.Equal(2, hits.Skipped);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_skipped_and_those_that_name_none_are_compared()
    {
        await UpsertAsync(Vector("mine", 1, 1), Vector("other", 1, 1) with { Model = "m2" }, Vector("unknown", 1, 1) with { Model = null });
        var query = new VectorQuery(VectorCollections.Items, new float[] { 1, 1 }, 5, "m");

        var hits = await Index.QueryAsync(Alice, query, Token);

        Assert.Equal(["mine", "unknown"], hits.Hits.Select(h => h.Value));
        Assert.Equal(1, hits.Skipped);
        Assert.Equal(["mine", "other", "unknown"], await QueryAsync(query with { Model = null }));
    }

    [Fact]
    public async Task Zeros_and_extremes_have_a_score_that_is_a_number()
    {
        await UpsertAsync(
            Vector("zero", 0, 0), Vector("huge", float.MaxValue, float.MaxValue), Vector("tiny", float.Epsilon, float.Epsilon), Vector("small", 1e-30f, 1e-30f));

        var hits = await Index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new[] { float.MaxValue, float.MaxValue }, 5), Token);
        Assert.Equal(["huge", "small", "tiny"], hits.Hits.Where(h => h.Score > 0.99999).Select(h => h.Value).Order());
        Assert.Equal(("zero", 0.0), (hits.Hits[3].Value, hits.Hits[3].Score));

        var toZero = await Index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 0, 0 }, 5), Token);
        Assert.All(toZero.Hits, h => Assert.Equal(0, h.Score));
        Assert.Equal(4, toZero.Hits.Count);
    }

    [Fact]
    public async Task Search_is_exact()
    {
        var random = new Random(7);
        var records = Enumerable.Range(0, 300).Select(i => Vector($"{i:000}", [.. Enumerable.Range(0, 50).Select(_ => random.NextSingle() - 0.5f)])).ToArray();
        await UpsertAsync(records);

        foreach (var asked in records.Take(20))
        {
            var expected = records.OrderByDescending(r => Cosine(asked.Vector.Span, r.Vector.Span)).Take(10).Select(r => r.Id);
            Assert.Equal(expected, await QueryAsync(new VectorQuery(VectorCollections.Items, asked.Vector, 10)));
        }
    }

    [Fact]
    public async Task Among_thousands_that_change_the_nearest_are_found()
    {
        var random = new Random(11);
        float[] Next() => [.. Enumerable.Range(0, 24).Select(_ => random.NextSingle() - 0.5f)];
        var held = Enumerable.Range(0, 6_000).ToDictionary(i => $"{i:0000}", _ => Next(), StringComparer.Ordinal);
        await UpsertAsync([.. held.Select(h => Vector(h.Key, h.Value))]);
        await AssertFindsAsync();

        foreach (var id in Enumerable.Range(0, 300).Select(i => $"{i * 7:0000}"))
        {
            held[id] = Next();
        }

        string[] removed = [.. Enumerable.Range(0, 300).Select(i => $"{(i * 11) + 1:0000}").Where(held.Remove)];
        await Index.ApplyAsync(
            Alice, new VectorChanges { Removed = [.. removed.Select(id => (VectorCollections.Items, id))], Upserted = [.. held.Take(2_000).Select(h => Vector(h.Key, h.Value))] }, Token);
        await AssertFindsAsync();
        Assert.Equal(held.Keys.Order(StringComparer.Ordinal), (await ListAsync()).Select(v => v.Id));

        async Task AssertFindsAsync()
        {
            var found = 0;
            for (var i = 0; i < 20; i++)
            {
                var asked = Next();
                var expected = held.OrderByDescending(h => Cosine(asked, h.Value)).Take(10).Select(h => h.Key);
                found += expected.Intersect(await QueryAsync(new VectorQuery(VectorCollections.Items, asked, 10))).Count();
            }

            Assert.InRange(found, 198, 200);
        }
    }

    [Fact]
    public async Task A_question_that_cannot_be_answered_is_refused()
    {
        VectorQuery[] bad =
        [
            new(VectorCollections.Items, new float[] { 1 }, 0), new(VectorCollections.Items, ReadOnlyMemory<float>.Empty, 1),
            new(VectorCollections.Items, new[] { float.NaN }, 1),
        ];

        foreach (var query in bad)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Index.QueryAsync(Alice, query, Token));
        }
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task A_space_shows_nothing_of_its_neighbour_and_cannot_touch_it(string[] here, string[] there)
    {
        var (mine, theirs) = (Spaces.Of(here), Spaces.Of(there));
        var canary = Vector("canary", 1, 1) with { Text = "CANARY" };
        await Index.ApplyAsync(theirs, new VectorChanges { Upserted = [canary] }, Token);
        await Index.ApplyAsync(mine, new VectorChanges { Upserted = [Vector("mine", 1, 0)] }, Token);

        Assert.Equal(["mine"], (await ListAsync(scope: mine)).Select(v => v.Id));
        Assert.Empty(await Index.GetAsync(mine, VectorCollections.Items, ["canary"], Token));
        var hits = await Index.QueryAsync(mine, new VectorQuery(VectorCollections.Items, new float[] { 1, 1, 1 }, 9), Token);
        Assert.Empty(hits.Hits);
        Assert.Equal(1, hits.Skipped);

        await Index.ApplyAsync(mine, new VectorChanges { Removed = [(VectorCollections.Items, "canary")] }, Token);
        var error = await Record.ExceptionAsync(() => Index.ApplyAsync(mine, new VectorChanges { Upserted = [Vector("canary", 9, 9)] }, Token));
        Assert.True(error is null or ArgumentException, error?.ToString());
        AssertSame(canary, Assert.Single(await ListAsync(scope: theirs)));
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double dot = 0, lengthA = 0, lengthB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            lengthA += (double)a[i] * a[i];
            lengthB += (double)b[i] * b[i];
        }

        return dot / Math.Sqrt(lengthA * lengthB);
    }
}
