using MemU.Sql;
using MemU.Storage;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Random work of three processes on two spaces of one file, whose debts each of them delivers when it likes, compared with dictionaries.</summary>
public sealed class OwedPlacesModelTests : IDisposable
{
    private const int Steps = 250;
    private const string Items = VectorCollections.Items;
    private static readonly string[] Models = ["paid-a", "paid-b"];
    private static readonly MemoryScope Carol = new("carol", "assistant_v1");
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly SqliteHouse house = new();
    private readonly Dictionary<MemoryScope, Dictionary<string, Record>> records = new() { [Alice] = [], [Bob] = [] };
    private readonly Dictionary<MemoryScope, Dictionary<string, VectorRecord>> index = new() { [Alice] = [], [Bob] = [] };
    private readonly List<string> said = [];
    private int texts;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    public void Dispose() => house.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_is_lost_or_paid_twice_and_no_removed_word_waits_to_be_written_over(int seed)
    {
        var random = new Random(seed);
        var stores = Enumerable.Range(0, 3).Select(_ => house.Open()).ToArray();
        await stores[0].CommitAsync(Carol, new MemoryChanges { Vectors = [Vector("CANARY", "paid-a", "CANARY")] }, Token);
        house.Run(
            """
            CREATE TABLE seen (made INTEGER, unpacked INTEGER);
            INSERT INTO seen VALUES (0, 0);
            CREATE TRIGGER made AFTER INSERT ON embedded_blocks BEGIN UPDATE seen SET made = made + 1; END;
            CREATE TRIGGER unpacked AFTER DELETE ON embedded_blocks BEGIN UPDATE seen SET unpacked = unpacked + 1; END
            """);
        for (var step = 0; step < Steps; step++)
        {
            var which = random.Next(stores.Length);
            var scope = random.Next(3) == 0 ? Bob : Alice;
            switch (random.Next(24))
            {
                case 0:
                    await EraseAsync(stores[which], scope);
                    break;
                case 1:
                    await stores[which].DisposeAsync();
                    stores[which] = house.Open();
                    break;
                case 2:
                    // As if it had been killed: what it remembered is gone.
                    stores[which] = house.Open();
                    break;
                case 3:
                    await stores[which].CommitAsync(scope, new MemoryChanges(), Token);
                    break;
                case 4:
                    ChangeEpochs();
                    break;
                case 5 or 6 or 7:
                    await RemoveAsync(stores[which], scope, random);
                    break;
                case 8 or 9:
                    await ChangeModelAsync(stores[which], scope, random);
                    break;
                case 10:
                    await WriteAsync(stores[which], scope, random, 90);
                    break;
                case 11 or 12:
                    await WriteManyAsync(stores[which], scope, random);
                    break;
                default:
                    await WriteAsync(stores[which], scope, random, 8);
                    break;
            }

            if (random.Next(3) > 0)
            {
                // What comes between two batches of a delivery is another matter.
                var isDisturbed = random.Next(4) == 0;
                var batch = isDisturbed || random.Next(2) == 0 ? int.MaxValue : 5;
                await DeliverAsync(stores[random.Next(stores.Length)], scope, batch, isDisturbed ? () => DisturbAsync(stores[which], scope, random) : null);
            }

            await CheckAsync(stores[random.Next(stores.Length)], random);
        }

        Assert.NotEqual(["0"], house.Query("SELECT min(made, unpacked) FROM seen"));
        Assert.Equal("CANARY", Assert.Single(await stores[1].ListOwedVectorsAsync(Carol, 10, Token)).Id);
        foreach (var store in stores)
        {
            await DeliverAsync(store, Alice, 1000);
            await DeliverAsync(store, Bob, 1000);
            await store.DisposeAsync();
        }

        await using var last = house.Open();
        await CheckAsync(last, random);
        Assert.Equal(["CANARY"], house.Query("SELECT o.text FROM owed_vectors o JOIN spaces s ON o.place BETWEEN s.number << 32 AND (s.number << 32) + s.owed_rows - 1"));
        Assert.Empty(await last.CheckAsync(Token).ToListAsync(Token));
    }

    private async Task WriteAsync(SqlMemoryStore store, MemoryScope scope, Random random, int most)
    {
        var model = Models[random.Next(2)];
        var written = Enumerable.Range(0, 1 + random.Next(most)).Select(_ => $"{scope.User} {random.Next(40)}").Distinct().ToList();
        await store.CommitAsync(scope, new MemoryChanges { Vectors = [.. written.Select(id => Vector(id, model, Say(scope, id, model, random)))] }, Token);
    }

    // As an import does, into what is new or among what is there.
    private async Task WriteManyAsync(SqlMemoryStore store, MemoryScope scope, Random random)
    {
        var model = Models[random.Next(2)];
        var (part, first, step) = (random.Next(4), random.Next(300), random.Next(1, 3));
        var written = Enumerable.Range(0, random.Next(90, 160)).Select(i => $"{scope.User} part {part} {first + (i * step):D4}").ToList();
        await store.CommitAsync(scope, new MemoryChanges { Vectors = [.. written.Select(id => Vector(id, model, Say(scope, id, model, random)))] }, Token);
    }

    private string Say(MemoryScope scope, string id, string model, Random random)
    {
        // Now and then what was said before, by whichever record.
        var text = said.Count > 0 && random.Next(5) == 0 ? said[random.Next(said.Count)] : $"words {texts++} {new string('w', random.Next(80))}";
        if (!records[scope].TryGetValue(id, out var record))
        {
            records[scope][id] = record = new Record();
        }

        // Another model embeds the same words only as a change of models does, which hands over the former vectors.
        text = record.Text == text && record.Model != model ? $"{text} again" : text;
        said.Add(text);
        if (record.Text != text)
        {
            record.PaidBy.Clear();
        }

        record.Text = text;
        record.Words.Add(text);
        record.Model = model;
        record.PaidBy.Add(model);
        return text;
    }

    private async Task ChangeModelAsync(SqlMemoryStore store, MemoryScope scope, Random random)
    {
        var model = Models[random.Next(2)];
        var changed = records[scope].Where(r => r.Value.Model != model && random.Next(2) == 0).ToList();
        await store.CommitAsync(scope, new MemoryChanges
        {
            FormerVectors = [.. changed.Select(r => Vector(r.Key, r.Value.Model, r.Value.Text))],
            Vectors = [.. changed.Select(r => Vector(r.Key, model, r.Value.Text))],
        }, Token);
        changed.ForEach(r =>
        {
            r.Value.Model = model;
            r.Value.PaidBy.Add(model);
        });
    }

    private async Task RemoveAsync(SqlMemoryStore store, MemoryScope scope, Random random)
    {
        var gone = records[scope].Keys.Where(_ => random.Next(6) == 0).ToList();
        await store.CommitAsync(scope, new MemoryChanges { RemovedVectors = [.. gone.Select(id => (Items, id))] }, Token);
        gone.ForEach(id => records[scope].Remove(id));
    }

    private async Task EraseAsync(SqlMemoryStore store, MemoryScope scope)
    {
        await store.EraseAsync(scope, Token);
        records[scope].Clear();
        index[scope].Clear();
    }

    // As a restore does.
    private void ChangeEpochs() => house.Run("UPDATE spaces SET epoch = random()");

    /// <summary>What comes between a delivery and its being noted.</summary>
    private async Task DisturbAsync(SqlMemoryStore store, MemoryScope scope, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                await EraseAsync(store, scope);
                await WriteAsync(store, scope, random, 3);
                break;
            case 1:
                ChangeEpochs();
                break;
            case 2:
                await RemoveAsync(store, scope, random);
                break;
            default:
                await WriteAsync(store, scope, random, 5);
                break;
        }
    }

    private async Task DeliverAsync(SqlMemoryStore store, MemoryScope scope, int batch, Func<Task>? meanwhile = null)
    {
        while (await store.ListOwedVectorsAsync(scope, batch, Token) is { Count: > 0 } owed)
        {
            Apply(owed, index[scope]);
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            meanwhile = null;
            await store.SettleOwedVectorsAsync(scope, owed, Token);
        }

        AssertSame(scope, index[scope]);
    }

    private async Task CheckAsync(SqlMemoryStore store, Random random)
    {
        foreach (var scope in new[] { Alice, Bob })
        {
            // What it is told on top of what was delivered is the truth.
            var owed = await store.ListOwedVectorsAsync(scope, int.MaxValue, Token);
            Assert.Equal(owed.Select(o => o.Sequence).Order(), owed.Select(o => o.Sequence));
            Assert.Equal(owed.Count, (await store.GetStatisticsAsync(scope, Token)).OwedVectors);
            Assert.Equal(owed.Count > 0, await store.OwesVectorsAsync(scope, Token));
            var then = new Dictionary<string, VectorRecord>(index[scope]);
            Apply(owed, then);
            AssertSame(scope, then);

            var some = records[scope].Values.Select(r => r.Text).Where(_ => random.Next(1 + (records[scope].Count / 40)) == 0);
            foreach (var text in some.Append(said.Count == 0 ? "none" : said[random.Next(said.Count)]).Distinct().ToList())
            {
                foreach (var model in Models)
                {
                    var known = await store.FindEmbeddedTextsAsync(scope, model, [EmbeddedText.HashOf(text)], Token);
                    Assert.Equal(
                        records[scope].Where(r => r.Value.Text == text && r.Value.PaidBy.Contains(model)).Select(r => r.Key).Order(StringComparer.Ordinal),
                        known.Select(k => k.Id).Order(StringComparer.Ordinal));
                }
            }

            // Nobody looks for rows where nothing is owed.
            Assert.Empty(house.Query("SELECT s.number FROM spaces s JOIN owed_vectors o ON o.place >> 32 = s.number WHERE s.owed_rows = 0"));

            // What waits to be written over.
            foreach (var row in house.Query(
                $"SELECT o.id, o.text FROM owed_vectors o JOIN spaces s ON o.place >> 32 = s.number WHERE s.user_id = '{scope.User}' AND (o.place & 4294967295) >= s.owed_rows"))
            {
                var (id, text) = (row.Split('|')[0], row.Split('|')[1]);
                Assert.True(records[scope].TryGetValue(id, out var record) && record.Words.Contains(text), $"'{row}' was removed.");
            }
        }
    }

    private void AssertSame(MemoryScope scope, Dictionary<string, VectorRecord> actual) =>
        Assert.Equal(
            records[scope].OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, (string?)r.Value.Text, (string?)r.Value.Model)),
            actual.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value.Text, a.Value.Model)));

    private static void Apply(IEnumerable<OwedVector> owed, Dictionary<string, VectorRecord> index)
    {
        foreach (var one in owed)
        {
            if (one.Record is { } record)
            {
                index[one.Id] = record;
            }
            else
            {
                index.Remove(one.Id);
            }
        }
    }

    private static VectorRecord Vector(string id, string model, string text) => new() { Collection = Items, Id = id, Model = model, Text = text, Vector = new float[] { text.Length, 1 } };

    private sealed class Record
    {
        public string Text { get; set; } = "";

        public string Model { get; set; } = "";

        public HashSet<string> PaidBy { get; } = [];

        /// <summary>All that it said since it came.</summary>
        public HashSet<string> Words { get; } = [];
    }
}
