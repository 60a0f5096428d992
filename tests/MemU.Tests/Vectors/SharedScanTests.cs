using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class SharedScanTests
{
    // So many that several threads take part: from four megabytes on.
    private const int Dimension = 384;
    private const int Count = 12_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<VectorSearchMode> Modes => [.. Enum.GetValues<VectorSearchMode>()];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Several_threads_find_what_one_finds_however_many_ask_at_once(VectorSearchMode mode)
    {
        var random = new ClusteredVectors(3, Dimension, 50);
        var (one, several) = (new SpaceVectors(mode), new SpaceVectors(mode, threads: 4));
        for (var i = 0; i < Count; i++)
        {
            // Every fourth is there twice: equal scores come in the order of their ids whichever thread found them.
            var vector = random.Next();
            foreach (var id in i % 4 == 0 ? [$"a{i}", $"b{i}"] : new[] { $"a{i}" })
            {
                one.Upsert(id, vector, "m");
                several.Upsert(id, vector, "m");
            }
        }

        var queries = Enumerable.Range(0, 40).Select(i => new VectorQuery(VectorCollections.Items, random.Next(), i % 5 == 0 ? 500 : 10, "m")).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, 160), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, (n, _) =>
        {
            var query = queries[n % queries.Length];
            Assert.Equal(one.Query(query).Hits, several.Query(query).Hits);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void Where_rounding_cannot_tell_rows_apart_several_threads_compare_all_of_them()
    {
        var random = new ClusteredVectors(4, Dimension, 1);
        var (one, several) = (new SpaceVectors(VectorSearchMode.Exact), new SpaceVectors(VectorSearchMode.Quantised, threads: 4));
        var vector = random.Next();
        for (var i = 0; i < Count; i++)
        {
            vector[i % Dimension] += 1e-5f;
            one.Upsert($"{i}", vector, "m");
            several.Upsert($"{i}", vector, "m");
        }

        var query = new VectorQuery(VectorCollections.Items, vector, 10, "m");
        Assert.Equal(one.Query(query).Hits, several.Query(query).Hits);
    }

    [Theory]
    [InlineData(VectorSearchMode.Auto, 1)]
    [InlineData(VectorSearchMode.Auto, 4)]
    [InlineData(VectorSearchMode.Exact, 4)]
    public void What_was_found_among_vectors_without_a_model_stays_when_those_of_the_model_are_searched(VectorSearchMode mode, int threads)
    {
        var random = new ClusteredVectors(6, Dimension, 50);
        var vectors = new SpaceVectors(mode, threads);
        var asked = random.Next();
        vectors.Upsert("of no model", asked, null);
        for (var i = 0; i < Count; i++)
        {
            vectors.Upsert($"{i}", random.Next(), "m");
        }

        var hits = vectors.Query(new VectorQuery(VectorCollections.Items, asked, 10, "m")).Hits;

        Assert.Equal("of no model", hits[0].Value);
        Assert.Equal(10, hits.Count);
    }

    [Fact]
    public async Task Rows_come_and_go_while_several_threads_search()
    {
        var random = new ClusteredVectors(5, Dimension, 50);
        var vectors = new SpaceVectors(VectorSearchMode.Auto, threads: 4);
        for (var i = 0; i < Count; i++)
        {
            vectors.Upsert($"{i}", random.Next(), "m");
        }

        var (kept, query) = (random.Next(), new VectorQuery(VectorCollections.Items, random.Next(), 10, "m"));
        vectors.Upsert("kept", query.Vector.Span, "m");
        var writing = Task.Run(
            () =>
            {
                for (var i = 0; i < 2_000; i++)
                {
                    vectors.Remove($"{i}");
                    vectors.Upsert($"new{i}", kept, "m");
                }
            },
            Token);
        do
        {
            Assert.Equal("kept", vectors.Query(query).Hits[0].Value);
        }
        while (!writing.IsCompleted);

        await writing;
        Assert.Equal(Count + 1, vectors.Count);
    }
}
