using System.Runtime.InteropServices;
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
    public async Task A_lock_file_in_a_folder_that_another_has_replaced_holds_nobody_any_more()
    {
        await using var index = new JsonFileVectorIndex(Folder.At("data", "vectors.json"), clock);
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        Directory.Move(Folder.At("data"), Folder.At("former"));
        Directory.CreateDirectory(Folder.At("data"));

        var other = await TakeAsync(Folder.At("data", "vectors.json.lock"));
        var write = index.ApplyAsync(Alice, Upsert(Vector("b", 1)), Token);
        Assert.False(write.IsCompleted);
        other.Dispose();
        while (!write.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await write;
        Assert.Equal(["b"], (await ListAsync(index, Alice)).Select(v => v.Id));
        (await TakeAsync(Folder.At("former", "vectors.json.lock"))).Dispose();
    }

    [Fact]
    public async Task Who_finds_that_the_lock_file_is_gone_or_held_by_another_keeps_it_open_no_longer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there it is seen easily.");
        await using var index = new JsonFileVectorIndex(FilePath, clock);
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        for (var i = 0; i < 3; i++)
        {
            File.Delete(LockPath);
            await index.ApplyAsync(Alice, Upsert(Vector($"b{i}", 1)), Token);
        }

        await index.ResetAsync(Token);
        await index.ApplyAsync(Alice, Upsert(Vector("c", 1)), Token);
        Assert.Equal([LockPath], OpenFiles().Where(IsLock));

        using var other = await TakeAsync();
        using var giveUp = new CancellationTokenSource();
        var write = index.ApplyAsync(Alice, Upsert(Vector("d", 1)), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Equal([LockPath], OpenFiles().Where(IsLock));
    }

    [Fact]
    public async Task Who_writes_after_closing_leaves_no_file_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there it is seen easily.");
        var index = Open();
        await index.DisposeAsync();

        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);

        Assert.DoesNotContain(OpenFiles(), IsLock);
    }

    [Fact]
    public async Task A_lock_that_could_not_be_looked_at_when_it_was_taken_again_is_free_for_others()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Elsewhere the file is closed each time.");
            return;
        }

        var locks = new VectorFileLocks(FilePath, clock);
        var files = VectorPaths.Of(FilePath, 0);
        locks.LetGo(await locks.TakeAsync("write", files, Token));
        File.SetUnixFileMode(Folder.Path, UnixFileMode.None);
        try
        {
            Exception? thrown = null;
            var thread = new Thread(() =>
            {
                // Root may look everywhere: so this thread is somebody else when it comes to files.
                _ = SetFileUser(65534);
                thrown = locks.TakeAsync("write", files, Token).Exception?.InnerException;
            });
            thread.Start();
            thread.Join();
            Assert.IsType<UnauthorizedAccessException>(thrown);
        }
        finally
        {
            File.SetUnixFileMode(Folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        (await TakeAsync()).Dispose();
        locks.LetGo(await locks.TakeAsync("write", files, Token));
        locks.Close();
    }

    [Fact]
    public async Task A_lock_file_that_was_removed_and_made_anew_at_once_is_another_however_long_its_path_is()
    {
        var folder = Enumerable.Range(0, 3).Aggregate(Folder.Path, (path, i) => Path.Combine(path, new string((char)('a' + i), 200)));
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, "lock");
        for (var i = 0; i < 100; i++)
        {
            using var former = await TakeAsync(path);
            File.Delete(path);
            using var taken = await TakeAsync(path);

            Assert.True(taken.IsHeld);
            Assert.False(former.IsHeld);

            // Where only times tell files apart, nobody relies on them for longer than he writes.
            Assert.False(taken.TryLetGo());
        }
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

    // What was removed has a note behind its name.
    private bool IsLock(string? path) => path?.StartsWith(LockPath, StringComparison.Ordinal) == true;

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileUser(uint user);

    private Task<FileLock> TakeAsync() => TakeAsync(LockPath);

    private async Task<FileLock> TakeAsync(string path) =>
        await FileLock.TryTakeAsync(path, TimeSpan.Zero, clock, Token) ?? throw new InvalidOperationException("Somebody has the lock.");
}
