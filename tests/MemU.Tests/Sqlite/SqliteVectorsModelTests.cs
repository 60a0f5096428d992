using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Random work by several processes on one file, compared with a plain dictionary after each step. The revision never stands still.</summary>
public sealed class SqliteVectorsModelTests : IDisposable
{
    private const string Items = VectorCollections.Items;
    private const int Steps = 150;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly int[] Lengths = [2, 384, 1_536];

    private readonly SqliteHouse house = new();
    private readonly Dictionary<(string Collection, string Id), VectorRecord> model = [];
    private SpaceVersion version;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    public void Dispose() => house.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_is_committed_in_whatever_order_is_found_under_a_later_revision(int seed)
    {
        var random = new Random(seed);
        SqlMemoryStore[] stores = [house.Open(holdsVectors: true), house.Open(holdsVectors: true)];
        SqliteVectorIndex[] indexes = [house.OpenIndex(), house.OpenIndex(), house.OpenIndex()];
        var elsewhere = house.Open();
        await stores[0].CommitAsync(Bob, new MemoryChanges { Vectors = [Vector(random, Items, "CANARY", 2)] }, Token);
        for (var step = 0; step < Steps; step++)
        {
            var store = stores[random.Next(stores.Length)];
            switch (random.Next(20))
            {
                case 0:
                    await store.EraseAsync(Alice, Token);
                    model.Clear();
                    Assert.Equal(default, await stores[0].GetVersionAsync(Alice, Token));
                    version = default;
                    continue;
                case 1:
                    await elsewhere.CommitAsync(Alice, new MemoryChanges { Vectors = [Vector(random, Items, "elsewhere", 2)] }, Token);
                    await elsewhere.SettleOwedVectorsAsync(Alice, await elsewhere.ListOwedVectorsAsync(Alice, 10, Token), Token);
                    break;
                case 2:
                    await store.CommitAsync(Alice, new MemoryChanges(), Token);
                    break;
                case 3 or 4 when model.Count > 0:
                    await RemoveAsync(store, [.. model.Keys.Order().TakeLast(1 + random.Next(2))]);
                    break;
                case 5 when model.Count > 0:
                    await RemoveAsync(store, [.. model.Keys.Where(_ => random.Next(3) == 0)]);
                    break;
                case 6 when Damage(random) is { Count: > 0 } damaged:
                    await indexes[0].RemoveDamagedAsync(Alice, Token);
                    damaged.ForEach(d => model.Remove(d));
                    break;
                default:
                    await UpsertAsync(store, random);
                    break;
            }

            house.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(3)));
            await CompareAsync(random, stores[random.Next(stores.Length)], indexes[random.Next(indexes.Length)]);
        }

        Assert.Empty(await stores[0].CheckAsync(Token).ToListAsync(Token));
        Assert.Equal("CANARY", Assert.Single(await indexes[0].ListAsync(Bob, Items, Token).ToListAsync(Token)).Id);
    }

    private async Task UpsertAsync(SqlMemoryStore store, Random random)
    {
        var many = random.Next(6) == 0 ? 30 : 4;
        VectorRecord[] vectors =
        [
            .. Enumerable.Range(0, 1 + random.Next(many))
                .Select(_ => Vector(random, VectorCollections.All[random.Next(2)], $"{random.Next(60):00}", Lengths[random.Next(Lengths.Length)]))
                .DistinctBy(v => (v.Collection, v.Id)),
        ];
        var removed = model.Keys.Where(_ => random.Next(20) == 0).ToArray();
        await store.CommitAsync(Alice, new MemoryChanges { Vectors = vectors, RemovedVectors = removed }, Token);
        foreach (var key in removed)
        {
            model.Remove(key);
        }

        foreach (var vector in vectors)
        {
            model[(vector.Collection, vector.Id)] = vector;
        }
    }

    private async Task RemoveAsync(SqlMemoryStore store, (string Collection, string Id)[] keys)
    {
        await store.CommitAsync(Alice, new MemoryChanges { RemovedVectors = keys }, Token);
        foreach (var key in keys)
        {
            model.Remove(key);
        }
    }

    /// <summary>Damages the last loose vector, in whose row the revision may be.</summary>
    private List<(string Collection, string Id)> Damage(Random random)
    {
        const string Last = "place = (SELECT MAX(place) FROM loose_vectors WHERE place >> 32 = (SELECT number FROM spaces WHERE user_id = 'alice'))";
        var found = house.Query($"SELECT collection, id FROM loose_vectors WHERE {Last}").ConvertAll(r => (r.Split('|')[0], r.Split('|')[1]));
        house.Run($"UPDATE loose_vectors SET dimension = {random.Next(3, 9)} WHERE {Last}");
        return found;
    }

    private async Task CompareAsync(Random random, SqlMemoryStore store, SqliteVectorIndex index)
    {
        var now = await store.GetVersionAsync(Alice, Token);
        Assert.True(now.Epoch != version.Epoch || now.Revision > version.Revision, $"{now} after {version}");
        version = now;
        foreach (var collection in VectorCollections.All.Take(2))
        {
            var held = model.Where(m => m.Key.Collection == collection).Select(m => m.Value).OrderBy(v => v.Id, StringComparer.Ordinal).ToList();
            foreach (var length in Lengths)
            {
                var question = Vector(random, collection, "?", length).Vector;
                var hits = await index.QueryAsync(Alice, new VectorQuery(collection, question, 100), Token);
                Assert.Equal(held.Where(v => v.Vector.Length == length).Select(v => v.Id), hits.Hits.Select(h => h.Value).Order(StringComparer.Ordinal));
            }

            foreach (var vector in held.Where(v => v.Vector.Length > 2))
            {
                Assert.Equal(vector.Id, Assert.Single((await index.QueryAsync(Alice, new VectorQuery(collection, vector.Vector, 1), Token)).Hits).Value);
            }

            var stored = await index.ListAsync(Alice, collection, Token).ToListAsync(Token);
            Assert.Equal(held.Select(v => (v.Id, v.Text)), stored.Select(v => (v.Id, v.Text)));
            Assert.All(held.Zip(stored), pair => Assert.True(pair.First.Vector.Span.SequenceEqual(pair.Second.Vector.Span)));
        }
    }

    private static VectorRecord Vector(Random random, string collection, string id, int length) => new()
    {
        Collection = collection, Id = id, Model = "m", Text = $"{random.Next()}", Vector = Enumerable.Range(0, length).Select(_ => random.NextSingle() + 0.1f).ToArray(),
    };
}
