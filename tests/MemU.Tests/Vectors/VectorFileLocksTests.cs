using MemU.Files;
using MemU.Vectors;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Vectors;

/// <summary>The lock of writers between two writes: free for everybody, though its file stays open.</summary>
public sealed class VectorFileLocksTests : JsonFileFixture
{
    private readonly FakeTimeProvider clock = new();

    private string LockPath => FilePath + ".lock";

    [Fact]
    public async Task Writers_of_several_hosts_let_each_other_in_after_every_write()
    {
        await using var first = Open();
        await using var second = Open();
        for (var i = 0; i < 20; i++)
        {
            await first.ApplyAsync(Alice, Upsert(Vector($"a{i:00}", i + 1)), Token);
            (await TakeAsync()).Dispose();
            await second.ApplyAsync(Bob, Upsert(Vector($"canary{i:00}", i + 1)), Token);
            (await TakeAsync()).Dispose();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"a{i:00}"), (await ListAsync(second, Alice)).Select(v => v.Id));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"canary{i:00}"), (await ListAsync(first, Bob)).Select(v => v.Id));
    }

    [Fact]
    public async Task Who_has_written_before_waits_for_the_one_who_writes_now()
    {
        await using var index = new JsonFileVectorIndex(FilePath, clock);
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        var length = new FileInfo(FilePath + ".journal").Length;
        var other = await TakeAsync();

        var write = index.ApplyAsync(Alice, Upsert(Vector("b", 1)), Token);

        Assert.False(write.IsCompleted);
        Assert.Equal(length, new FileInfo(FilePath + ".journal").Length);
        other.Dispose();
        while (!write.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await write;
        Assert.Equal(["a", "b"], (await ListAsync(index, Alice)).Select(v => v.Id));
    }

    [Fact]
    public async Task A_lock_file_that_was_removed_between_two_writes_holds_nobody_any_more()
    {
        await using var index = new JsonFileVectorIndex(FilePath, clock);
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        File.Delete(LockPath);

        // Somebody else makes it anew, and writes.
        var other = await TakeAsync();
        var write = index.ApplyAsync(Alice, Upsert(Vector("b", 1)), Token);
        Assert.False(write.IsCompleted);
        other.Dispose();
        while (!write.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await write;
        Assert.Equal(["a", "b"], (await ListAsync(index, Alice)).Select(v => v.Id));
    }

    [Fact]
    public async Task A_lock_that_was_let_go_is_taken_again_unless_somebody_has_it_or_its_file_is_gone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the file is closed each time.");
        var taken = await TakeAsync();
        Assert.Null(await FileLock.TryTakeAsync(LockPath, TimeSpan.Zero, clock, Token));

        Assert.True(taken.TryLetGo());
        using (await TakeAsync())
        {
            Assert.False(taken.TryRetake());
        }

        Assert.True(taken.TryRetake());
        Assert.Null(await FileLock.TryTakeAsync(LockPath, TimeSpan.Zero, clock, Token));

        Assert.True(taken.TryLetGo());
        File.Delete(LockPath);
        Assert.False(taken.TryRetake());
        taken.Dispose();
    }

    [Fact]
    public async Task Who_closes_leaves_no_file_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there it is seen easily.");
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        Assert.Contains(LockPath, OpenFiles());

        await index.DisposeAsync();

        Assert.DoesNotContain(LockPath, OpenFiles());
    }

    private static IEnumerable<string?> OpenFiles() =>
        [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(f => f.LinkTarget)];

    private async Task<FileLock> TakeAsync() =>
        await FileLock.TryTakeAsync(LockPath, TimeSpan.Zero, clock, Token) ?? throw new InvalidOperationException("Somebody has the lock.");
}
