using CsCheck;
using MemU.Tests.Performance;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class SpaceVectorsTests
{
    private const string Items = VectorCollections.Items;

    public static TheoryData<VectorSearchMode> Modes => [.. Enum.GetValues<VectorSearchMode>()];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Any_row_of_changes_leaves_what_a_dictionary_would_hold(VectorSearchMode mode) =>
        Gen.Select(Gen.Bool, Gen.Int[0, 40], Gen.Int[1, 3], Gen.Int[0, 2]).Array[0, 200].Sample(
            changes =>
            {
                var vectors = new SpaceVectors(mode);
                var expected = new Dictionary<string, (float[] Vector, string? Model)>(StringComparer.Ordinal);
                foreach (var (removes, number, dimension, model) in changes)
                {
                    var id = $"{number:00}";
                    if (removes)
                    {
                        Assert.Equal(expected.Remove(id), vectors.Remove(id));
                        continue;
                    }

                    expected[id] = ([.. Enumerable.Range(1, dimension).Select(i => (float)(number * i % 7) - 3)], model == 0 ? null : $"m{model}");
                    vectors.Upsert(id, expected[id].Vector, expected[id].Model);
                }

                Assert.Equal(expected.Count, vectors.Count);
                Assert.All(expected, e => Assert.Equal(e.Value.Vector, vectors.TryGet(e.Key, out var vector) ? vector : null));
                AssertSame(Exact(expected, new VectorQuery(Items, new float[] { 1, -2 }, 100, "m1")), vectors.Query(new VectorQuery(Items, new float[] { 1, -2 }, 100, "m1")));
                AssertSame(Exact(expected, new VectorQuery(Items, new float[] { 2 }, 3)), vectors.Query(new VectorQuery(Items, new float[] { 2 }, 3)));
            },
            iter: 200);

    [Theory]
    [InlineData(384, VectorSearchMode.Exact)]
    [InlineData(50, VectorSearchMode.Auto)]
    public void Thousands_of_vectors_are_found_as_exactly_as_one_by_one(int dimension, VectorSearchMode mode)
    {
        var random = new ClusteredVectors(1, dimension, 30);
        var vectors = new SpaceVectors(mode);
        var all = new Dictionary<string, (float[], string?)>(StringComparer.Ordinal);
        for (var i = 0; i < 3000; i++)
        {
            all[$"{i}"] = (random.Next(), "m");
            vectors.Upsert($"{i}", all[$"{i}"].Item1, "m");
        }

        for (var i = 0; i < 3000; i += 3)
        {
            Assert.True(all.Remove($"{i}") && vectors.Remove($"{i}"));
        }

        for (var i = 0; i < 20; i++)
        {
            var query = new VectorQuery(Items, random.Next(), 10);
            AssertSame(Exact(all, query), vectors.Query(query));
        }
    }

    [Theory]
    [InlineData(384, 12_000, VectorSearchMode.Auto)]
    [InlineData(384, 2_000, VectorSearchMode.Quantised)]
    [InlineData(33, 6_000, VectorSearchMode.Auto)]
    public void A_first_pass_finds_nearly_all_that_exact_search_finds_with_the_same_scores(int dimension, int count, VectorSearchMode mode)
    {
        var random = new ClusteredVectors(2, dimension, 50);
        var (rounded, exact) = (new SpaceVectors(mode), new SpaceVectors(VectorSearchMode.Exact));
        for (var i = 0; i < count; i++)
        {
            var vector = random.Next();
            rounded.Upsert($"{i}", vector, null);
            exact.Upsert($"{i}", vector, null);
        }

        Assert.True(rounded.Bytes > exact.Bytes * 1.15, "There is no first pass.");
        var found = 0;
        for (var i = 0; i < 100; i++)
        {
            var query = new VectorQuery(Items, random.Next(), 10);
            found += exact.Query(query).Hits.Intersect(rounded.Query(query).Hits).Count();
        }

        Assert.InRange(found, 990, 1000);
    }

    [Theory]
    [InlineData("one number of a row is far greater than the others, so that they are rounded roughly")]
    [InlineData("a few numbers of a row are not zero, as hashing words makes them")]
    [InlineData("all numbers of all rows are positive and nearly alike")]
    [InlineData("half of the rows differ by less than rounding can tell")]
    public void A_first_pass_finds_what_exact_search_finds_whatever_the_numbers_are_like(string kind)
    {
        const int Dimension = 256, Count = 3_000;
        var random = new Random(6);
        var clustered = new ClusteredVectors(7, Dimension, 30);
        var alike = clustered.Next();
        float[] Next(int i) => kind[0] switch
        {
            'o' => [.. clustered.Next().Select((x, d) => d == i % 3 ? 30 : x)],
            'a' when kind[1] == ' ' => Sparse(),
            'a' => [.. clustered.Next().Select(x => 5 + (0.2f * x))],
            _ => i % 2 == 0 ? clustered.Next() : [.. alike.Select(x => x + (1e-3f * random.NextSingle()))],
        };
        float[] Sparse()
        {
            var vector = new float[Dimension];
            for (var n = 0; n < 12; n++)
            {
                vector[(int)(Dimension * random.NextDouble() * random.NextDouble())] += random.Next(2) == 0 ? -1 : 1;
            }

            return vector;
        }

        var (rounded, exact) = (new SpaceVectors(VectorSearchMode.Quantised), new SpaceVectors(VectorSearchMode.Exact));
        for (var i = 0; i < Count; i++)
        {
            var vector = Next(i);
            rounded.Upsert($"{i}", vector, null);
            exact.Upsert($"{i}", vector, null);
        }

        var (found, wanted) = (0, 0);
        for (var i = 0; i < 100; i++)
        {
            var query = new VectorQuery(Items, Next(i), 10);
            var (truth, hits) = (exact.Query(query).Hits, rounded.Query(query).Hits);
            Assert.Equal(truth.Count, hits.Count);

            // Whichever of those that are as near as the last is as good.
            found += hits.Count(h => h.Score >= truth[^1].Score - 1e-6);
            wanted += truth.Count;
        }

        Assert.InRange(found, wanted * 0.999, wanted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(385)]
    public void Scores_are_cosines_for_any_dimension_and_length_of_vectors_also_after_removals(int dimension)
    {
        float[] lengths = [1, 0, 1e-44f, 1e-20f, 1e-3f, 1e17f, 1e20f, 1e38f];
        var random = new Random(dimension);
        foreach (var mode in Enum.GetValues<VectorSearchMode>())
        {
            var vectors = new SpaceVectors(mode);
            var all = new Dictionary<string, float[]>(StringComparer.Ordinal);
            for (var i = 0; i < 700; i++)
            {
                var length = i % 3 == 0 ? lengths[random.Next(lengths.Length)] : 1;
                all[$"{i:000}"] = [.. Enumerable.Range(0, dimension).Select(_ => (random.NextSingle() - 0.5f) * length)];
                vectors.Upsert($"{i:000}", all[$"{i:000}"], null);
            }

            for (var i = 0; i < 700; i += 5)
            {
                Assert.True(all.Remove($"{i:000}") && vectors.Remove($"{i:000}"));
            }

            foreach (var length in lengths)
            {
                float[] question = [.. Enumerable.Range(0, dimension).Select(_ => (random.NextSingle() - 0.5f) * length)];
                var hits = vectors.Query(new VectorQuery(Items, question, 10)).Hits;
                Assert.Equal(10, hits.Count);
                Assert.All(hits, h => Assert.Equal(Cosine(question, all[h.Value]), h.Score, 2e-6));
                Assert.Equal(all.Values.Select(v => Cosine(question, v)).OrderDescending().Take(10), hits.Select(h => (double)h.Score), (a, b) => Math.Abs(a - b) < 2e-6);
            }
        }
    }

    private static double Cosine(float[] a, float[] b)
    {
        var (dot, x, y) = (a.Zip(b, (p, q) => (double)p * q).Sum(), a.Sum(p => (double)p * p), b.Sum(q => (double)q * q));
        return x == 0 || y == 0 ? 0 : dot / Math.Sqrt(x) / Math.Sqrt(y);
    }

    [Fact]
    public void A_first_pass_ends_where_too_few_are_left_to_pay_for_it_and_begins_anew()
    {
        var random = new ClusteredVectors(3, 64, 5);
        var vectors = new SpaceVectors();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 5_000; i++)
            {
                vectors.Upsert($"{i}", random.Next(), null);
            }

            var rounded = (double)vectors.Bytes / vectors.Count;
            for (var i = 1_000; i < 5_000; i++)
            {
                vectors.Remove($"{i}");
            }

            Assert.True((double)vectors.Bytes / vectors.Count < rounded - 40, "The rounded copies were kept.");
            Assert.Equal(1_000, vectors.Query(new VectorQuery(Items, random.Next(), 5_000)).Hits.Count);
        }
    }

    [Fact]
    public void Every_row_is_returned_when_more_is_asked_for_than_there_is()
    {
        var random = new ClusteredVectors(4, 16, 3);
        var vectors = new SpaceVectors(VectorSearchMode.Quantised);
        for (var i = 0; i < 500; i++)
        {
            vectors.Upsert($"{i:000}", random.Next(), null);
        }

        Assert.Equal(500, vectors.Query(new VectorQuery(Items, random.Next(), int.MaxValue)).Hits.Count);
    }

    [Fact]
    public void A_question_allocates_its_answer_only()
    {
        var random = new ClusteredVectors(5, 128, 3);
        var vectors = new SpaceVectors();
        for (var i = 0; i < 6_000; i++)
        {
            vectors.Upsert($"{i}", random.Next(), "m");
        }

        var query = new VectorQuery(Items, random.Next(), 10, "m");
        var done = Task.FromResult(0);

        // Ten hits of 32 bytes, their array and the record around it.
        Assert.InRange(
            Allocation.Of(() =>
            {
                vectors.Query(query);
                return done;
            }),
            1, 512);
    }

    [Fact]
    public void Rows_that_come_and_go_at_the_end_of_a_large_space_use_up_no_memory()
    {
        // So long that each has a chunk of its own; the last one begins an array for many.
        var vector = new float[1 << 16];
        var vectors = new SpaceVectors(VectorSearchMode.Exact);
        for (var i = 0; i <= RowSupply<float>.Many; i++)
        {
            vectors.Upsert($"{i}", vector, null);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            vectors.Remove($"{RowSupply<float>.Many}");
            vectors.Upsert($"{RowSupply<float>.Many}", vector, null);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public async Task Questions_during_writes_see_whole_changes()
    {
        var vectors = new SpaceVectors();
        vectors.Apply([], Batch(0));
        var writing = Task.Run(() =>
        {
            for (var i = 1; i < 300; i++)
            {
                vectors.Apply(Batch(i - 1).Select(r => r.Id), Batch(i));
            }
        }, TestContext.Current.CancellationToken);

        var query = new VectorQuery(Items, new float[] { 1, 1 }, 100);
        while (!writing.IsCompleted)
        {
            var hits = vectors.Query(query).Hits;
            Assert.Equal(10, hits.Count);
            Assert.Single(hits.Select(h => h.Value.Split('-')[0]).Distinct());
        }

        await writing;
    }

    private static List<VectorRecord> Batch(int number) =>
        [.. Enumerable.Range(0, 10).Select(i => new VectorRecord { Collection = Items, Id = $"{number}-{i}", Vector = new float[] { 1, i } })];

    private static VectorHits Exact(Dictionary<string, (float[] Vector, string? Model)> rows, VectorQuery query)
    {
        var search = new ExactSearch(query);
        foreach (var (id, (vector, model)) in rows)
        {
            search.Offer(id, vector, model);
        }

        return search.TakeHits();
    }

    private static void AssertSame(VectorHits expected, VectorHits actual)
    {
        Assert.Equal(expected.Skipped, actual.Skipped);
        Assert.Equal(expected.Hits.Select(h => h.Value), actual.Hits.Select(h => h.Value));
        Assert.All(expected.Hits.Zip(actual.Hits), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-6));
    }
}
