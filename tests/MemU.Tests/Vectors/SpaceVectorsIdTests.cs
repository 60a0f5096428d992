using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class SpaceVectorsIdTests
{
    private const string Items = VectorCollections.Items;

    public static TheoryData<VectorSearchMode> Modes => [.. Enum.GetValues<VectorSearchMode>()];

    [Theory]
    [InlineData(1, 1_500)]
    [InlineData(2, 1_500)]
    [InlineData(3, 1_500)]
    [InlineData(4, 7)]
    [InlineData(5, 60)]
    public void Any_row_of_changes_to_ids_of_every_kind_leaves_what_a_dictionary_would_hold(int seed, int count)
    {
        var random = new Random(seed);
        var ids = MixedIds.Some(random, count);
        var vectors = new SpaceVectors();
        var expected = new Dictionary<string, (float[] Vector, string? Model)>(StringComparer.Ordinal);
        for (var step = 1; step <= 30_000; step++)
        {
            // Now more come than go, then more go than come.
            var id = ids[random.Next(ids.Length)];
            if (random.Next(10) < (step / 5_000 % 2 == 0 ? 3 : 8))
            {
                Assert.Equal(expected.Remove(id), vectors.Remove(id));
            }
            else
            {
                expected[id] = ([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.NextSingle())], random.Next(3) == 0 ? null : $"m{random.Next(2)}");
                vectors.Upsert(id, expected[id].Vector, expected[id].Model);
            }

            if (step % 2_500 == 0)
            {
                AssertHolds(ids, expected, vectors);
            }
        }

        vectors.Apply(ids, []);
        Assert.Equal((0, 0), (vectors.Count, vectors.Query(new VectorQuery(Items, new float[] { 1 }, 10)).Hits.Count));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Equal_scores_come_in_the_order_of_their_ids_whatever_these_are(VectorSearchMode mode)
    {
        var random = new Random(4);
        var ids = MixedIds.Some(random, 400);
        var vectors = new SpaceVectors(mode);
        foreach (var id in ids)
        {
            vectors.Upsert(id, [1, 2], null);
        }

        foreach (var topK in new[] { 1, 10, 399, 1_000 })
        {
            Assert.Equal(ids.Order(StringComparer.Ordinal).Take(topK), vectors.Query(new VectorQuery(Items, new float[] { 1, 2 }, topK)).Hits.Select(h => h.Value));
        }
    }

    [Fact]
    public void An_id_of_another_model_or_dimension_leaves_its_former_place()
    {
        var vectors = new SpaceVectors();
        const string Id = "0198f1c2-0000-7000-8000-00000000abcd";
        vectors.Upsert(Id, [1, 0], "a");
        vectors.Upsert(Id, [1, 0], "b");
        vectors.Upsert(Id.ToUpperInvariant(), [1, 0], "b");
        vectors.Upsert(Id, [1, 0, 0], "b");

        Assert.Equal(2, vectors.Count);
        Assert.Equal(Id.ToUpperInvariant(), Assert.Single(vectors.Query(new VectorQuery(Items, new float[] { 1, 0 }, 9)).Hits).Value);
        Assert.Equal(Id, Assert.Single(vectors.Query(new VectorQuery(Items, new float[] { 1, 0, 0 }, 9, "b")).Hits).Value);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Vectors_without_numbers_are_skipped_and_can_be_replaced(VectorSearchMode mode)
    {
        var vectors = new SpaceVectors(mode);
        string[] ids = [.. Enumerable.Range(0, 6_000).Select(i => $"{i}")];
        vectors.Apply([], [.. ids.Select(id => new VectorRecord { Collection = Items, Id = id, Vector = default })]);
        Assert.True(vectors.TryGet("5", out var none));
        Assert.Empty(none);

        vectors.Upsert("5", [1, 2], null);
        vectors.Apply(ids[3_000..], []);

        var hits = vectors.Query(new VectorQuery(Items, new float[] { 1, 2 }, 9));
        Assert.Equal("5", Assert.Single(hits.Hits).Value);
        Assert.Equal(2_999, hits.Skipped);
    }

    [Fact]
    public void What_is_removed_leaves_no_memory_counted_and_takes_the_same_again()
    {
        var random = new Random(5);
        var ids = MixedIds.Some(random, 3_000);
        var vectors = new SpaceVectors();
        vectors.Upsert("stays", [1], null);
        var empty = vectors.Bytes;
        long? full = null;
        for (var round = 0; round < 3; round++)
        {
            foreach (var id in ids)
            {
                vectors.Upsert(id, [1], null);
            }

            full ??= vectors.Bytes;
            Assert.Equal(full, vectors.Bytes);
            random.Shuffle(ids);
            vectors.Apply(ids, []);

            // The first chunk does not shrink.
            Assert.InRange(vectors.Bytes, empty, full.Value);
            Assert.Equal(1, vectors.Count);
        }

        vectors.Remove("stays");
        Assert.Equal(0, vectors.Bytes);
    }

    [Fact]
    public void The_id_of_a_UUID_takes_twenty_some_bytes_and_a_longer_text_what_it_is_long()
    {
        var random = new Random(6);
        var (uuids, texts) = (new SpaceVectors(VectorSearchMode.Exact), new SpaceVectors(VectorSearchMode.Exact));

        // Forty chunks, all full.
        const double Count = 10_240;
        for (var i = 0; i < Count; i++)
        {
            uuids.Upsert(MixedIds.Uuid(random), new float[256], null);
            texts.Upsert($"{i:00000}{new string('x', 995)}", new float[256], null);
        }

        Assert.InRange(uuids.Bytes / Count, 1_024 + 20, 1_024 + 40);
        Assert.InRange(texts.Bytes / Count, 1_024 + 2_000 + 20, 1_024 + 2_000 + 90);
    }

    [Fact]
    public void A_question_makes_strings_of_the_ids_it_returns_only()
    {
        var random = new Random(7);
        var vectors = new SpaceVectors();
        for (var i = 0; i < 6_000; i++)
        {
            vectors.Upsert(MixedIds.Uuid(random), [1, random.NextSingle(), random.NextSingle()], "m");
        }

        var query = new VectorQuery(Items, new float[] { 1, 0.5f, 0.1f }, 10, "m");
        vectors.Query(query);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            vectors.Query(query);
        }

        // Ten hits of 32 bytes and ten strings of 96, the array and the record around them.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 960, 960 + 512);
    }

    [Fact]
    public void Vectors_that_are_expected_take_hardly_more_memory_than_they_need()
    {
        const int Count = 12_000, Dimension = 256;
        var vectors = new SpaceVectors(VectorSearchMode.Exact);
        var vector = new float[Dimension];
        List<VectorId> ids = [.. Enumerable.Range(0, Count).Select(i => new VectorId(new Guid(i, 0, 0, new byte[8])))];
        var before = GC.GetAllocatedBytesForCurrentThread();
        vectors.Expect(Count, Dimension, null);
        foreach (var id in ids)
        {
            vectors.Upsert([id], vector, null);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Count, vectors.Count);
        Assert.InRange(allocated, vectors.Bytes / 1.05, vectors.Bytes * 1.08);
    }

    [Fact]
    public async Task Questions_during_writes_of_UUIDs_see_whole_changes()
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
            Assert.Single(hits.Select(h => h.Value[..8]).Distinct());
        }

        await writing;
    }

    private static List<VectorRecord> Batch(int number) =>
    [
        .. Enumerable.Range(0, 10).Select(i => new VectorRecord
        {
            Collection = Items, Id = new Guid(number, (short)i, 0, new byte[8]).ToString(), Vector = new float[] { 1, i },
        }),
    ];

    private static void AssertHolds(string[] ids, Dictionary<string, (float[] Vector, string? Model)> expected, SpaceVectors vectors)
    {
        Assert.Equal(expected.Count, vectors.Count);
        Assert.All(ids, id =>
        {
            Assert.Equal(expected.TryGetValue(id, out var held), vectors.TryGet(id, out var vector));
            Assert.Equal(held.Vector, vector);
        });
        var hits = vectors.Query(new VectorQuery(Items, new float[] { 1, 1 }, int.MaxValue, "m1"));
        var comparable = expected.Where(e => e.Value.Vector.Length == 2 && e.Value.Model is null or "m1").Select(e => e.Key);
        Assert.Equal(comparable.Order(StringComparer.Ordinal), hits.Hits.Select(h => h.Value).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count - hits.Hits.Count, hits.Skipped);
    }
}
