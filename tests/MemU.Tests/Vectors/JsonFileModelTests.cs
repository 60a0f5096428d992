using MemU.Vectors;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Vectors;

/// <summary>Random work by several indexes on one file, compared with a plain dictionary after each step.</summary>
public sealed class JsonFileModelTests : JsonFileFixture
{
    private static readonly MemoryScope[] Scopes = [Alice, Bob, new("alice", "other"), new("alice", tenant: "acme")];
    private readonly Dictionary<(MemoryScope Scope, string Collection, string Id), VectorRecord> model = [];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_is_done_in_whatever_order_gives_what_a_dictionary_gives(int seed)
    {
        // Half of them by a clock that stands still: then a look at files lasts until somebody counts a change.
        TimeProvider looks = seed % 2 == 0 ? new FakeTimeProvider() : TimeProvider.System;
        var random = new Random(seed);
        var options = new JsonFileOptions { LeastIndexed = random.Next(2) == 0 ? 0 : 1 << 20, LeastJournal = random.Next(2) == 0 ? 300 : 1 << 20, JournalShare = 1000, Clock = looks };
        if (random.Next(2) == 0)
        {
            Write("""{"note": {"a": [1]}, "items": {"theirs": {"user_id": "carol", "agent_id": "default", "vector": [1, 2], "tags": ["x"]}}, "categories": {}}""");
        }

        var abandoned = new List<JsonFileVectorIndex>();
        var indexes = Enumerable.Range(0, 3).Select(_ => new JsonFileVectorIndex(FilePath, options: options)).ToArray();
        for (var step = 0; step < 120; step++)
        {
            var which = random.Next(indexes.Length);
            switch (random.Next(12))
            {
                case 0:
                    await indexes[which].DisposeAsync();
                    break;
                case 1:
                    // As if its process had died: what it held is free.
                    File.Delete(FilePath + ".writers");
                    abandoned.Add(indexes[which]);
                    indexes[which] = new JsonFileVectorIndex(FilePath, options: options);
                    break;
                case 2:
                    File.Delete(FilePath + ".index");
                    break;
                case 3:
                    var scope = Scopes[random.Next(Scopes.Length)];
                    Assert.Equal(model.Keys.Count(k => k.Scope == scope), await indexes[which].EraseAsync(scope, Token));
                    model.Keys.Where(k => k.Scope == scope).ToList().ForEach(k => model.Remove(k));
                    break;
                default:
                    await ChangeAsync(random, indexes[which]);
                    break;
            }

            await CompareAsync(random, indexes[random.Next(indexes.Length)]);
        }

        foreach (var index in indexes)
        {
            await index.DisposeAsync();
        }

        await CompareAsync(random, Open());
        var json = System.Text.Json.JsonDocument.Parse(Text).RootElement;
        Assert.Equal(model.Count, VectorCollections.All.Where(c => json.TryGetProperty(c, out _)).Sum(c => json.GetProperty(c).EnumerateObject().Count(e => e.Name != "theirs")));
        Assert.Equal(Text.Contains("theirs", StringComparison.Ordinal), Text.Contains("""{"a": [1]}""", StringComparison.Ordinal));
        Assert.Equal(Text.Contains("theirs", StringComparison.Ordinal), Text.Contains("\"tags\": [\"x\"]", StringComparison.Ordinal));

        // Their process lives on here, and may still be folding while the folder is removed.
        foreach (var index in abandoned)
        {
            await index.DisposeAsync();
        }
    }

    private async Task ChangeAsync(Random random, JsonFileVectorIndex index)
    {
        var number = random.Next(Scopes.Length);
        var scope = Scopes[number];
        string Collection() => VectorCollections.All[random.Next(2) == 0 ? 1 : random.Next(VectorCollections.All.Count)];
        string Id() => $"{number}-{random.Next(12)}{(random.Next(5) == 0 ? "é\ud83e\udd86" : "\ufffc"[..random.Next(2)])}";
        var changes = new VectorChanges
        {
            Removed = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (Collection(), Id()))],
            Upserted = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Vector(Id(), [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.NextSingle() - 0.5f)]) with
            {
                Collection = Collection(),
                Text = random.Next(4) == 0 ? null : $"\"text\" {random.Next(100)}",
                Model = random.Next(3) == 0 ? null : $"m{random.Next(2)}",
            })],
        };
        await index.ApplyAsync(scope, changes, Token);
        foreach (var (collection, id) in changes.Removed)
        {
            model.Remove((scope, collection, id));
        }

        foreach (var record in changes.Upserted)
        {
            model[(scope, record.Collection, record.Id)] = record;
        }
    }

    private async Task CompareAsync(Random random, JsonFileVectorIndex index)
    {
        foreach (var scope in Scopes)
        {
            var collection = VectorCollections.All[random.Next(VectorCollections.All.Count)];
            var expected = model.Where(m => m.Key.Scope == scope && m.Key.Collection == collection).Select(m => m.Value).OrderBy(v => v.Id, StringComparer.Ordinal).ToList();
            Assert.Equal(expected.Select(Shown), (await ListAsync(index, scope, collection)).Select(Shown));
            Assert.Equal(expected.Select(Shown), (await index.GetAsync(scope, collection, [.. expected.Select(e => e.Id)], Token)).Select(Shown));
            var query = new VectorQuery(collection, new[] { 1f, -0.5f }, 50, "m1");
            var hits = await index.QueryAsync(scope, query, Token);
            var exact = new ExactSearch(query);
            expected.ForEach(e => exact.Offer(e.Id, e.Vector.Span, e.Model));
            var wanted = exact.TakeHits();
            Assert.Equal(wanted.Skipped, hits.Skipped);
            Assert.Equal(wanted.Hits.Select(h => h.Value).Order(), hits.Hits.Select(h => h.Value).Order());
        }
    }

    private static string Shown(VectorRecord record) => $"{record.Id}|{string.Join(',', record.Vector.ToArray())}|{record.Text ?? "none"}|{record.Model ?? "none"}";
}
