using MemU.Storage;
using MemU.Tests.Vectors;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

public sealed class VectorLoadingTests : IDisposable
{
    private const string Items = VectorCollections.Items;
    private const int Dimension = 1_536;

    // Some twenty megabytes: more than is read alone, so that batches of rows are taken in while others are read.
    private const int Many = 3_500;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();
    private readonly ClusteredVectors random = new(7, Dimension, 20);

    public void Dispose() => house.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_space_is_read_whole_and_nothing_of_another_one(bool encrypted)
    {
        var vectors = Enumerable.Range(0, Many).Select(i => (Id: $"{i:0000}", Vector: random.Next())).ToArray();
        await using (var writing = Services(encrypted))
        {
            var index = writing.GetRequiredService<IVectorIndex>();
            await index.ApplyAsync(Alice, Upserts(vectors), Token);
            await index.ApplyAsync(Alice, Upserts([("loose", random.Next())]), Token);
            await index.ApplyAsync(Bob, Upserts([.. vectors.Select(v => ("CANARY" + v.Id, v.Vector))]), Token);
        }

        await using var reading = Services(encrypted);
        var opened = reading.GetRequiredService<IVectorIndex>();
        foreach (var (id, vector) in vectors.Where((_, i) => i % 50 == 0 || i == Many - 1))
        {
            var hits = (await opened.QueryAsync(Alice, new VectorQuery(Items, vector, 3), Token)).Hits;
            Assert.Equal((id, 1.0), (hits[0].Value, Math.Round(hits[0].Score, 5)));
            Assert.DoesNotContain(hits, h => h.Value.StartsWith("CANARY", StringComparison.Ordinal));
        }

        Assert.Equal(Many + 1, (await opened.QueryAsync(Alice, new VectorQuery(Items, random.Next(), 2 * Many), Token)).Hits.Count);
    }

    [Theory]
    [InlineData("MIN(part)")]
    [InlineData("MAX(part)")]
    [InlineData("(MIN(part) + MAX(part)) / 2")]
    [InlineData("MAX(part) * 9 / 10")]
    public async Task One_damaged_row_anywhere_in_a_large_space_is_told_of(string row)
    {
        await house.OpenIndex().ApplyAsync(Alice, Upserts([.. Enumerable.Range(0, Many).Select(i => ($"{i:0000}", random.Next()))]), Token);
        house.Run($"UPDATE vector_blocks SET vectors = x'0000' WHERE part = (SELECT {row} FROM vector_blocks)");

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => house.OpenIndex().QueryAsync(Alice, new VectorQuery(Items, random.Next(), 3), Token));
        Assert.Contains("memu reindex --all", error.Message, StringComparison.Ordinal);
    }

    private static VectorChanges Upserts((string Id, float[] Vector)[] vectors) =>
        new() { Upserted = [.. vectors.Select(v => new VectorRecord { Collection = Items, Id = v.Id, Vector = v.Vector })] };

    private ServiceProvider Services(bool encrypted)
    {
        var services = new ServiceCollection();
        var builder = services.AddMemU().UseSqlite(house.File).UseSqliteVectors().UseInMemoryBlobs();
        if (encrypted)
        {
            builder.UseEncryption(_ => ValueTask.FromResult(Enumerable.Repeat((byte)9, 32).ToArray()));
        }

        return services.BuildServiceProvider();
    }
}
