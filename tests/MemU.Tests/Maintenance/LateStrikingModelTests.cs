using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>Random work by several processes on one folder with <c>vectors.json</c>, compared with a plain dictionary now and then.</summary>
public sealed class LateStrikingModelTests
{
    private const int Steps = 200;
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    private readonly Dictionary<string, string> model = [];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whoever_delivers_what_and_whoever_stops_in_between_the_last_words_are_found(int seed)
    {
        var random = new Random(seed);
        await using var first = Workbench.Open("sqlite+json");
        var benches = Enumerable.Range(0, 3).Select(_ => Workbench.Open("sqlite+json", first.Data)).ToArray();
        List<Workbench> stopped = [];
        await first.Writer.CommitAsync(Bob, new MemoryChanges { Vectors = [Vector(first, "b", "canary")] }, default);
        for (var step = 0; step < Steps; step++)
        {
            var which = random.Next(benches.Length);
            switch (random.Next(16))
            {
                case 0:
                    await benches[which].Maintenance.EraseAsync(Alice);
                    model.Clear();
                    break;
                case 1:
                    await benches[which].DisposeAsync();
                    benches[which] = Workbench.Open("sqlite+json", first.Data);
                    break;
                case 2:
                    // As if it had been killed: what it remembered is gone.
                    stopped.Add(benches[which]);
                    benches[which] = Workbench.Open("sqlite+json", first.Data);
                    break;
                case 3 or 4:
                    await benches[which].Store.CommitAsync(Alice, Changes(random, benches[which], 3), default);
                    break;
                case 5:
                    await benches[which].Writer.CommitOwingAsync(Alice, Changes(random, benches[which], 100), default);
                    break;
                case 6 or 7:
                    string[] gone = [.. model.Keys.Where(_ => random.Next(4) == 0)];
                    await benches[which].Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [.. gone.Select(id => ("items", id))] }, default);
                    Array.ForEach(gone, id => model.Remove(id));
                    break;
                default:
                    await benches[which].Writer.CommitAsync(Alice, Changes(random, benches[which], 6), default);
                    break;
            }

            if (random.Next(4) == 0)
            {
                await CompareAsync(benches[random.Next(benches.Length)]);
            }
        }

        await CompareAsync(benches[0]);
        foreach (var bench in benches)
        {
            await bench.DisposeAsync();
        }

        Assert.Empty(await first.Store.ListOwedVectorsAsync(Alice, 10, default));
        foreach (var bench in stopped)
        {
            await bench.DisposeAsync();
        }

        await CompareAsync(first);
        Assert.Equal("canary", Assert.Single(await first.Index.ListAsync(Bob, "items", default).ToListAsync()).Text);
    }

    private MemoryChanges Changes(Random random, Workbench bench, int most)
    {
        var ids = Enumerable.Range(0, 1 + random.Next(most)).Select(_ => $"{random.Next(40):00}").Distinct().ToList();
        ids.ForEach(id => model[id] = $"{random.Next()}");
        return new MemoryChanges { Vectors = [.. ids.Select(id => Vector(bench, id, model[id]))] };
    }

    private async Task CompareAsync(Workbench bench)
    {
        await bench.Writer.DeliverOwedAsync(Alice, default);
        Assert.False(await bench.Store.OwesVectorsAsync(Alice, default));
        Assert.Equal(
            model.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (m.Key, (string?)m.Value)),
            await bench.Index.ListAsync(Alice, "items", default).Select(v => (v.Id, v.Text)).ToListAsync());
    }

    private static VectorRecord Vector(Workbench bench, string id, string text) =>
        new() { Collection = "items", Id = id, Vector = bench.Embeddings.Of(text), Text = text, Model = "test-1" };
}
