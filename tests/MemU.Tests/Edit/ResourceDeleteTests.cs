using MemU.Commit;
using MemU.Edit;
using MemU.Storage;
using MemU.Tests.Maintenance;

namespace MemU.Tests.Edit;

public sealed class ResourceDeleteTests : IAsyncDisposable
{
    private static readonly MemoryScope Alice = new("alice");
    private readonly Workbench bench = Workbench.Open("memory", isOffline: false);

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task A_source_goes_with_all_that_came_from_it_alone()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        Assert.True(await bench.Editor.DeleteResourceAsync(Alice, seeded.First.Id, default));
        Assert.False(await bench.Editor.DeleteResourceAsync(Alice, seeded.First.Id, default));

        var dump = await SpaceDump.OfAsync(bench, Alice);
        Assert.DoesNotContain(dump, l => l.Contains("Porto") || l.Contains("Monday") || (l.Contains(seeded.First.Id) && !l.StartsWith("history")));
        Assert.Null(await bench.Blobs.OpenAsync(Alice, seeded.First.LocalPath, default));
        Assert.NotNull(await bench.Blobs.OpenAsync(Alice, seeded.Second.LocalPath, default));
    }

    [Fact]
    public async Task An_item_that_another_source_tells_as_well_moves_there_with_links_and_vector()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var vector = Assert.Single(await bench.Index.GetAsync(Alice, "items", [seeded.Shared.Id], default));
        await bench.Editor.DeleteResourceAsync(Alice, seeded.First.Id, default);

        var item = Assert.Single((await bench.Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, default)).Items);
        Assert.Equal((seeded.Shared.Id, seeded.Second.Id), (item.Id, item.ResourceId));
        Assert.Equal([seeded.Shared.PassageIds[1]], item.PassageIds);
        Assert.Equal(seeded.Page.Id, Assert.Single(await bench.Store.GetLinksAsync(Alice, [item.Id], default)).CategoryId);
        Assert.Equal(vector.Vector.ToArray(), Assert.Single(await bench.Index.GetAsync(Alice, "items", [item.Id], default)).Vector.ToArray());
        Assert.Equal("edited", Assert.Single((await bench.Store.ListHistoryAsync(Alice, item.Id, PageRequest.First, default)).Items).Reason);
    }

    [Fact]
    public async Task What_earlier_items_of_the_source_said_is_forgotten_with_it()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var old = new ItemRevision
        {
            Scope = Alice, Id = bench.Ids.Next(), ItemId = bench.Ids.Next(), ResourceId = seeded.First.Id, MemoryType = "event", Summary = "long ago",
            CreatedAt = seeded.First.CreatedAt, ReplacedAt = seeded.First.CreatedAt, Reason = "source changed",
        };
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { History = [old] }, default);
        await bench.Editor.DeleteResourceAsync(Alice, seeded.First.Id, default);
        Assert.DoesNotContain(await SpaceDump.OfAsync(bench, Alice), l => l.Contains("long ago"));
    }

    [Fact]
    public async Task Bytes_that_another_source_shares_stay()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var twin = await Seed.SourceAsync(bench, Alice, "/copy/of-monday.txt", Modality.Conversation, "Copy", "user: alice likes tea\nuser: alice lives in Porto", seeded.First.CreatedAt);
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(twin)] }, default);
        Assert.Equal(seeded.First.LocalPath, twin.LocalPath);

        await bench.Editor.DeleteResourceAsync(Alice, seeded.First.Id, default);
        Assert.NotNull(await bench.Blobs.OpenAsync(Alice, twin.LocalPath, default));
        await bench.Editor.DeleteResourceAsync(Alice, twin.Id, default);
        Assert.Null(await bench.Blobs.OpenAsync(Alice, twin.LocalPath, default));
    }

    [Fact]
    public async Task Bytes_that_another_source_takes_up_while_they_are_removed_stay()
    {
        var twin = await Seed.SourceAsync(bench, Alice, "/copy/of-monday.txt", Modality.Conversation, "Copy", "user: alice likes tea", DateTimeOffset.UnixEpoch);
        var blobs = new MeddlingBlobStore(bench.Blobs, () => bench.Writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(twin)] }, default));
        await BlobRemoval.RemoveUnusedAsync(bench.Store, blobs, Alice, [twin.LocalPath]);
        Assert.NotNull(await bench.Blobs.OpenAsync(Alice, twin.LocalPath, default));
    }

    [Fact]
    public async Task All_notes_by_hand_can_be_deleted_and_begun_anew()
    {
        var item = await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Alice keeps bees" }, default);
        Assert.True(await bench.Editor.DeleteResourceAsync(Alice, item.ResourceId, default));
        Assert.Empty(await SpaceDump.OfAsync(bench, Alice));
        var again = await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Alice has a dog" }, default);
        Assert.Equal(0, Assert.Single(await bench.Store.GetPassagesAsync(Alice, again.PassageIds, default)).Position);
    }

    [Fact]
    public async Task A_source_of_another_space_cannot_be_deleted()
    {
        var bob = new MemoryScope("bob");
        var seeded = await Seed.PutAsync(bench, bob, "canary");
        var before = await SpaceDump.OfAsync(bench, bob);
        Assert.False(await bench.Editor.DeleteResourceAsync(Alice, seeded.First.Id, default));
        Assert.Equal(before, await SpaceDump.OfAsync(bench, bob));
    }

    [Fact]
    public async Task The_move_is_planned_anew_when_the_other_source_goes_meanwhile()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var meddling = MeddlingStore.Over(bench.Store, () => bench.Writer.CommitAsync(Alice, new MemoryChanges { RemovedResources = [seeded.Second.Id] }, default));
        await using var other = bench.With(meddling);
        Assert.True(await other.Editor.DeleteResourceAsync(Alice, seeded.First.Id, default));
        Assert.Empty((await bench.Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, default)).Items);
    }
}
