using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class SpaceVectorsCacheTests
{
    private const string Items = VectorCollections.Items;

    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    private int reads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_held_is_not_read_again_until_the_medium_has_moved_on()
    {
        var cache = new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto);

        var first = await GetAsync(cache, Alice, new(1, 5));
        Assert.Same(first, await GetAsync(cache, Alice, new(1, 5)));
        Assert.Same(first, await GetAsync(cache, Alice, new(1, 4)));
        Assert.Equal(1, reads);

        Assert.Same(first, await cache.GetAsync(Alice, Items, new(1, 7), (vectors, held, _) =>
        {
            Assert.Equal(new VectorsVersion(1, 5), held);
            vectors.Upsert("new", [1, 2], null);
            return ValueTask.FromResult<VectorsVersion?>(new VectorsVersion(1, 8));
        }, Token));
        await GetAsync(cache, Alice, new(1, 8));
        Assert.Equal(1, reads);
        Assert.Equal(2, first.Count);
    }

    [Fact]
    public async Task Another_epoch_is_read_from_the_start()
    {
        var cache = new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto);
        var first = await GetAsync(cache, Alice, new(1, 5));

        var second = await cache.GetAsync(Alice, Items, new(2, 6), (vectors, held, _) =>
        {
            Assert.Null(held);
            Assert.Equal(0, vectors.Count);
            return ValueTask.FromResult<VectorsVersion?>(new VectorsVersion(2, 6));
        }, Token);

        Assert.NotSame(first, second);
    }

    [Fact]
    public async Task Many_who_ask_at_once_read_once()
    {
        var cache = new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto);
        var reading = new TaskCompletionSource();
        var asking = Enumerable.Range(0, 20).Select(_ => cache.GetAsync(Alice, Items, new(1, 1), async (vectors, held, token) =>
        {
            await reading.Task;
            return await ReadAsync(vectors, held, token);
        }, Token).AsTask()).ToList();
        reading.SetResult();

        Assert.Single((await Task.WhenAll(asking)).Distinct());
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task A_failed_reading_is_reported_and_made_again_by_the_next()
    {
        var cache = new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => cache.GetAsync(Alice, Items, new(1, 1), (_, _, _) => throw new InvalidDataException(), Token).AsTask());

        Assert.Equal(1, (await GetAsync(cache, Alice, new(1, 1))).Count);
    }

    [Fact]
    public async Task The_space_that_was_not_used_for_the_longest_time_makes_room()
    {
        var one = new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto);
        await GetAsync(one, Alice, new(1, 1));
        var cache = new SpaceVectorsCache(one.Bytes * 2, VectorSearchMode.Auto);

        var alice = await GetAsync(cache, Alice, new(1, 1));
        await GetAsync(cache, Bob, new(1, 1));
        await GetAsync(cache, Alice, new(1, 1));
        await GetAsync(cache, new MemoryScope("carol"), new(1, 1));
        Assert.Equal(one.Bytes * 2, cache.Bytes);

        reads = 0;
        Assert.Same(alice, await GetAsync(cache, Alice, new(1, 1)));
        Assert.Equal(0, reads);
        await GetAsync(cache, Bob, new(1, 1));
        Assert.Equal(1, reads);
        Assert.Equal(one.Bytes * 2, cache.Bytes);
    }

    [Fact]
    public async Task What_is_larger_than_the_budget_serves_while_nobody_else_asks()
    {
        var cache = new SpaceVectorsCache(0, VectorSearchMode.Auto);

        Assert.Equal(1, (await GetAsync(cache, Alice, new(1, 1))).Count);
        await GetAsync(cache, Alice, new(1, 1));
        Assert.Equal(1, reads);
        await GetAsync(cache, Bob, new(1, 1));
        await GetAsync(cache, Alice, new(1, 1));
        Assert.Equal(3, reads);
    }

    [Fact]
    public async Task A_space_that_is_forgotten_leaves_its_neighbour()
    {
        var cache = new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto);
        await GetAsync(cache, Alice, new(1, 1));
        var bob = await GetAsync(cache, Bob, new(1, 1));
        var both = cache.Bytes;

        cache.Drop(Alice);

        Assert.Equal(both / 2, cache.Bytes);
        Assert.Same(bob, await GetAsync(cache, Bob, new(1, 1)));
        cache.Clear();
        Assert.Equal(0, cache.Bytes);
    }

    private ValueTask<SpaceVectors> GetAsync(SpaceVectorsCache cache, MemoryScope scope, VectorsVersion version) =>
        cache.GetAsync(scope, Items, version, ReadAsync, Token);

    private ValueTask<VectorsVersion?> ReadAsync(SpaceVectors vectors, VectorsVersion? held, CancellationToken cancellationToken)
    {
        reads++;
        vectors.Upsert("a", new float[100], null);
        return ValueTask.FromResult<VectorsVersion?>(new VectorsVersion(held?.Epoch ?? 1, 5));
    }
}
