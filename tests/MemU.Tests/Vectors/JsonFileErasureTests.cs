using System.Text;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class JsonFileErasureTests : JsonFileFixture
{
    private const float CanaryNumber = 0.31415927f;

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public async Task No_byte_of_an_erased_space_is_left_in_any_file_and_neighbours_stay(int leastIndexed)
    {
        var options = new JsonFileOptions { LeastIndexed = leastIndexed };
        await using (var before = new JsonFileVectorIndex(FilePath, options: options))
        {
            await before.ApplyAsync(Alice, Upsert(Canary("CANARY-1"), Canary("CANARY-2")), Token);
            await before.ApplyAsync(Bob, Upsert(Vector("neighbour", 1, 2)), Token);
        }

        File.WriteAllText(FilePath + ".index.old.tmp", "CANARY");
        var index = new JsonFileVectorIndex(FilePath, options: options);
        await index.ApplyAsync(Alice, Upsert(Canary("CANARY-3"), Canary("CANARY-4") with { Collection = VectorCollections.Passages }), Token);
        await index.ApplyAsync(Alice, Upsert(Vector("CANARY-3", 5) with { Text = "CANARY again" }), Token);
        await index.ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "CANARY-1")] }, Token);
        await index.ApplyAsync(Bob, Upsert(Vector("newer", 3, 4)), Token);
        Assert.Single((await index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 1, 0 }, 9), Token)).Hits);
        Assert.NotEmpty(WithCanary());

        Assert.Equal(3, await index.EraseAsync(Alice, Token));

        Assert.Empty(WithCanary());
        Assert.DoesNotContain(Folder.Files, f => File.ReadAllBytes(Folder.At(f)).AsSpan().IndexOf("alice"u8) >= 0);
        Assert.Empty(await ListAsync(index, Alice));
        Assert.Empty((await index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 1, 0 }, 9), Token)).Hits);
        Assert.Equal("neighbour newer", string.Join(' ', (await ListAsync(index, Bob)).Select(v => v.Id)));
        Assert.Equal([Bob], await index.ListSpacesAsync(Token));
        Assert.Equal(0, await index.EraseAsync(Alice, Token));
        await index.DisposeAsync();
        Assert.Empty(WithCanary());
    }

    [Fact]
    public async Task Erasing_where_nothing_is_makes_nothing()
    {
        Assert.Equal(0, await Open().EraseAsync(Alice, Token));

        Assert.Equal(["vectors.json.lock"], Folder.Files);
    }

    [Fact]
    public async Task A_removed_entry_is_gone_from_every_byte_once_the_index_is_closed()
    {
        await ApplyAsync(Alice, Upsert(Canary("CANARY"), Vector("stays", 1)));
        await ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "CANARY")] });

        Assert.Empty(WithCanary());
    }

    private static VectorRecord Canary(string id) => Vector(id, CanaryNumber, -CanaryNumber) with { Text = $"CANARY text of {id}" };

    private IEnumerable<string> WithCanary() => Folder.Files.Where(name =>
    {
        var bytes = File.ReadAllBytes(Folder.At(name));
        return bytes.AsSpan().IndexOf("CANARY"u8) >= 0 || bytes.AsSpan().IndexOf(BitConverter.GetBytes(CanaryNumber)) >= 0
            || bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("0.31415927")) >= 0;
    });
}
