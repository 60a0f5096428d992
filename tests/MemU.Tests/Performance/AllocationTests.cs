using MemU.Commit;
using MemU.Storage;
using MemU.Text;
using MemU.Vectors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Performance;

/// <summary>
/// What the common operations allocate. Unlike times these figures repeat, so they hold on any machine; a bound is what was measured and a third.
/// Code that is not optimised keeps its asynchronous steps on the heap, which is a part of them here.
/// </summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests : IAsyncDisposable
{
    private static readonly MemoryScope Alice = new("alice");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memu-allocation-");
    private ServiceProvider? services;

    [Theory]
    [InlineData("memory", 3_000)]
    [InlineData("sqlite", 8_000)]
    [InlineData("sqlite+json", 3_000)]
    public async Task A_query_allocates_its_answer_and_nothing_for_the_vectors_it_looks_at(string kind, int bound)
    {
        var few = await QueryAsync(kind, "few", 50);
        var many = await QueryAsync(kind, "many", 1_000);

        Assert.InRange(many, 0, bound);
        Assert.InRange(Math.Abs(many - few), 0, 64);
    }

    [Theory]
    [InlineData("memory", 25_000)]
    [InlineData("sqlite", 42_000)]
    public async Task A_commit_of_one_item_allocates_no_more_than_its_bound(string kind, int bound)
    {
        var house = Open(kind);
        var writer = house.GetRequiredService<SpaceWriter>();
        var resource = new Resource { Scope = Alice, Id = "r", Url = "test:r", Modality = Modality.Document, LocalPath = "", CreatedAt = default };
        await writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(resource)] }, default);
        var number = 0;

        var bytes = Allocation.Of(() =>
        {
            var id = $"i{number++}";
            return writer.CommitAsync(
                Alice,
                new MemoryChanges
                {
                    Items = [new MemoryItem { Scope = Alice, Id = id, ResourceId = "r", MemoryType = "profile", Summary = $"Says {id}.", CreatedAt = default }],
                    Vectors = [Vector(id, [1, 2, 3, 4])],
                },
                default);
        });

        Assert.InRange(bytes, 0, bound);
    }

    [Fact]
    public async Task A_retrieval_from_two_hundred_passages_allocates_no_more_than_its_bound()
    {
        var space = Open("memory").GetRequiredService<MemoryService>().OpenSpace(Alice);
        await space.MemorizeAsync(
            Enumerable.Range(0, 200).Select(n => new ChatMessage(ChatRole.User, $"On day {n} I went to the market and bought {n % 7} apples for my sister Anna.")), "talk");

        var bytes = Allocation.Of(() =>
        {
            // Some of it runs on other threads.
            space.RetrieveAsync("What did I buy for Anna on day 5?").GetAwaiter().GetResult();
            return Task.FromResult(true);
        }, wholeProcess: true);

        Assert.InRange(bytes, 0, 400_000);
    }

    [Fact]
    public void Reading_the_words_of_a_message_allocates_no_more_than_its_bound()
    {
        const string Text = "Yesterday I talked to Tom about the quarterly report, because it takes more time than I expected (3 weeks).";

        Assert.InRange(Allocation.Of(() => Task.FromResult(Tokenizer.Read(Text))), 0, 3_000);
        Assert.InRange(Allocation.Of(() => Task.FromResult(TextAnalyzer.Terms(Text))), 0, 6_000);
    }

    public async ValueTask DisposeAsync()
    {
        await (services?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    private async Task<long> QueryAsync(string kind, string space, int count)
    {
        var index = Open(kind).GetRequiredService<IVectorIndex>();
        var scope = new MemoryScope(space);
        var vectors = Enumerable.Range(0, count).Select(i => Vector($"{space}-{i:d4}", [MathF.Cos(i), MathF.Sin(i), i % 3, 1])).ToList();
        await index.ApplyAsync(scope, new VectorChanges { Upserted = vectors }, default);
        var query = new VectorQuery(VectorCollections.Items, new float[] { 1, 0, 1, 1 }, 10, "model");
        return Allocation.Of(() => index.QueryAsync(scope, query, default));
    }

    private ServiceProvider Open(string kind)
    {
        if (services is null)
        {
            var collection = new ServiceCollection();
            var builder = collection.AddMemU();
            _ = kind switch
            {
                "memory" => builder.UseInMemory(),
                "sqlite" => builder.UseSqlite(Path.Combine(folder.FullName, "memu.db")).UseSqliteVectors(),
                _ => builder.UseSqlite(Path.Combine(folder.FullName, "memu.db")).UseJsonFileVectors(Path.Combine(folder.FullName, "vectors.json")),
            };
            services = collection.BuildServiceProvider();
        }

        return services;
    }

    private static VectorRecord Vector(string id, float[] vector) => new()
    {
        Collection = VectorCollections.Items, Id = id, Vector = vector, Text = $"Says {id}.", Model = "model",
    };
}
