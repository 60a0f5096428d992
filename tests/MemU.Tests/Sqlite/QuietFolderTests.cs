using MemU.Files;
using MemU.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Sqlite;

public sealed class QuietFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memu-quiet-");
    private readonly FakeTimeProvider clock = new();

    public QuietFolderTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere no folder is ever quiet.");
        File.WriteAllText(At("there"), "words");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("made")]
    [InlineData("removed")]
    [InlineData("renamed")]
    [InlineData("moved away")]
    [InlineData("folder made")]
    [InlineData("replaced")]
    [InlineData("made, and the folder's time set back")]
    [InlineData("the folder itself exchanged")]
    public void What_comes_or_goes_is_noticed(string what)
    {
        var quiet = Looked();
        var time = Directory.GetLastWriteTimeUtc(folder.FullName);
        switch (what)
        {
            case "made":
                File.WriteAllText(At("new"), "");
                break;
            case "removed":
                File.Delete(At("there"));
                break;
            case "renamed":
                File.Move(At("there"), At("elsewhere"));
                break;
            case "moved away":
                File.Move(At("there"), folder.FullName + "-there");
                File.Delete(folder.FullName + "-there");
                break;
            case "folder made":
                Directory.CreateDirectory(At("keys"));
                break;
            case "replaced":
                File.WriteAllText(folder.FullName + "-there", "");
                File.Move(folder.FullName + "-there", At("there"), overwrite: true);
                break;
            case "made, and the folder's time set back":
                File.WriteAllText(At("new"), "");
                Directory.SetLastWriteTimeUtc(folder.FullName, time);
                break;
            default:
                Directory.Move(folder.FullName, folder.FullName + "-before");
                Directory.CreateDirectory(folder.FullName);
                Directory.Delete(folder.FullName + "-before", recursive: true);
                break;
        }

        Assert.False(quiet.IsQuiet);
    }

    [Fact]
    public void What_is_written_into_its_files_is_not()
    {
        var quiet = Looked();
        File.AppendAllText(At("there"), "more words");
        Assert.True(quiet.IsQuiet);
    }

    [Fact]
    public void A_link_to_a_folder_is_followed()
    {
        var link = folder.FullName + "-link";
        Directory.CreateSymbolicLink(link, folder.FullName);
        try
        {
            var quiet = Looked(link);
            File.WriteAllText(At("new"), "");
            Assert.False(quiet.IsQuiet);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(3600)]
    public void A_look_so_short_after_a_change_that_the_next_one_may_leave_the_same_time_does_not_count_whatever_the_clock_says(int seconds)
    {
        clock.AdjustTime(TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        var quiet = new QuietFolder(folder.FullName, clock);

        Assert.Null(quiet.BeginLook());
        clock.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Null(quiet.BeginLook());
        Directory.CreateDirectory(At($"keys {seconds}"));
        clock.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Null(quiet.BeginLook());
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.NotNull(quiet.BeginLook());
        Assert.False(quiet.IsQuiet);
    }

    [Fact]
    public void Without_a_folder_nothing_is_quiet()
    {
        foreach (var none in new[] { new QuietFolder(At("missing"), clock), new QuietFolder(At("there"), clock) })
        {
            Assert.Null(none.BeginLook());
            clock.Advance(TimeSpan.FromSeconds(4));
            Assert.Null(none.BeginLook());
        }

        var quiet = Looked();
        folder.Delete(recursive: true);
        Assert.False(quiet.IsQuiet);
        folder.Create();
    }

    [Fact]
    public void Linux_tells_of_a_file_what_the_runtime_tells()
    {
        var info = new FileInfo(At("there"));
        Assert.True(LinuxStatus.TryLook(info.FullName, followsLink: false, out var status));
        Assert.Equal((info.Length, info.LastWriteTimeUtc, true, false), (status.Length, status.Written, status.IsFile, status.IsFolder));
        Assert.False(LinuxStatus.TryLook(At("missing"), followsLink: false, out _));
        Assert.False(LinuxStatus.TryLook(Path.Combine(At("there"), "below a file"), followsLink: false, out _));
        Assert.Null(LinuxStatus.TryLook(At(new string('x', 300)), followsLink: false, out _));
        File.SetLastWriteTimeUtc(info.FullName, new DateTime(1950, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc));
        Assert.Equal(new FileInfo(info.FullName).LastWriteTimeUtc, FileIdentity.At(info.FullName).Written);
    }

    private static DateTime ChangedAt(string path) =>
        LinuxStatus.TryLook(path, followsLink: true, out var status) == true ? status.Changed : default;

    private string At(string name) => Path.Combine(folder.FullName, name);

    private QuietFolder Looked(string? path = null)
    {
        // What the test changes must not get the time that the folder has already: the system's clock may move in steps of milliseconds.
        var probe = folder.FullName + "-probe";
        while (ChangedAt(probe) <= ChangedAt(folder.FullName))
        {
            File.WriteAllText(probe, "");
        }

        File.Delete(probe);

        var quiet = new QuietFolder(path ?? folder.FullName, clock);
        Assert.Null(quiet.BeginLook());
        clock.Advance(TimeSpan.FromSeconds(4));
        quiet.Looked(quiet.BeginLook()!);
        Assert.True(quiet.IsQuiet);
        return quiet;
    }
}
