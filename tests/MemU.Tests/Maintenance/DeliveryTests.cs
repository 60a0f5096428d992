using MemU.Commit;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

public sealed class DeliveryTests
{
    private static readonly MemoryScope Alice = new("alice");

    public static TheoryData<string> Kinds => ["memory", "sqlite+json"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_older_vector_never_overwrites_a_newer_one_of_another_writer(string kind)
    {
        await using var bench = Workbench.Open(kind, configure: kind == "memory" ? Workbench.Owing : null);
        MemoryChanges Changes(string text) => new()
        {
            Vectors = [new VectorRecord { Collection = "items", Id = "one", Vector = bench.Embeddings.Of(text), Text = text, Model = "test-1" }],
        };

        // Another host commits the newer vector while this one is between reading what is owed and writing it.
        await using var other = kind == "memory" ? bench.With(bench.Store) : Workbench.Open(kind, bench.Data);
        var newer = Task.CompletedTask;
        await using var slow = bench.With(OwedMeddler.Over(bench.Store, async owed =>
        {
            if (newer == Task.CompletedTask && owed > 0)
            {
                newer = Task.Run(() => other.Writer.CommitAsync(Alice, Changes("newer"), default));
                while ((await bench.Store.GetVersionAsync(Alice, default)).Revision < 2)
                {
                    await Task.Yield();
                }

                // Were it not for the turns, the other would be done now.
                await Task.WhenAny(newer, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System));
            }
        }));
        await slow.Writer.CommitAsync(Alice, Changes("older"), default);
        await newer;
        Assert.Equal("newer", Assert.Single(await bench.Index.GetAsync(Alice, "items", ["one"], default)).Text);
        Assert.Empty(await UndeliveredVectors.ListAsync(bench.Store, bench.Index, Alice, default));
    }
}
