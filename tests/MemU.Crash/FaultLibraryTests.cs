namespace MemU.Crash;

/// <summary>A fault that never strikes would let every other test here pass.</summary>
public sealed class FaultLibraryTests
{
    [Theory]
    [InlineData("kill", "memu.db-wal")]
    [InlineData("enospc", "memu.db-wal")]
    [InlineData("enospc", "resources")]
    [InlineData("short", "memu.db-wal")]
    [InlineData("fsync", "resources")]
    [InlineData("erofs", "resources")]
    [InlineData("eacces", "vectors.json")]
    public async Task The_calls_of_SQLite_and_of_the_platform_can_be_struck(string kind, string file)
    {
        var course = await Course.OfAsync("memorize", "json");

        Assert.Contains(course.Calls, c => c.Kinds.Contains(kind) && c.Path.Contains(file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("tear")]
    public async Task A_process_that_is_to_be_killed_is_killed_there(string kind)
    {
        using var scene = Scene.Of(await Template.Of("json"));

        var run = await Command.RunAsync(scene.Root, Deed.Of("memorize").CommandFor(scene), new Fault(kind, 3));

        Assert.Equal(Command.Killed, run.ExitCode);
        Assert.NotNull(run.Struck);
    }

    [Fact]
    public async Task A_full_disk_reaches_the_program()
    {
        using var scene = Scene.Of(await Template.Of("json"));

        var run = await Command.RunAsync(scene.Root, Deed.Of("memorize").CommandFor(scene), new Fault("enospc", 1, Stays: true));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("o space left", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_elsewhere_are_left_alone()
    {
        using var scene = Scene.Of(await Template.Of("json"));
        using var elsewhere = Scene.Of(scene.Template);

        var run = await Command.RunAsync(elsewhere.Root, Deed.Of("memorize").CommandFor(scene), new Fault("enospc", 1, Stays: true));

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Calls);
    }
}
