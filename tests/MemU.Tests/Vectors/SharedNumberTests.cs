using MemU.Files;
using MemU.Testing;

namespace MemU.Tests.Vectors;

/// <summary>A number in a file that several see.</summary>
public sealed class SharedNumberTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SharedNumberTests() => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "There is none elsewhere.");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_one_writes_the_others_see_also_when_the_file_is_closed()
    {
        SharedNumber writer;
        using (var file = File.OpenHandle(folder.At("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            writer = SharedNumber.TryMake(file)!;

            // Though its file is locked for one alone.
            var reader = SharedNumber.TryOpen(folder.At("lock"))!;
            Assert.Equal(1, reader.Value);
            writer.Write(long.MaxValue);
            Assert.Equal(long.MaxValue, reader.Value);
        }

        var later = SharedNumber.TryOpen(folder.At("lock"))!;
        writer.Write(-2);
        Assert.Equal(-2, later.Value);
        Assert.Equal(BitConverter.GetBytes(-2L), File.ReadAllBytes(folder.At("lock")));
    }

    [Fact]
    public void A_file_that_holds_a_number_goes_on_with_it()
    {
        File.WriteAllBytes(folder.At("lock"), BitConverter.GetBytes(41L));
        using var file = File.OpenHandle(folder.At("lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(41, SharedNumber.TryMake(file)!.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_that_is_too_short_has_none(int length)
    {
        File.WriteAllBytes(folder.At("lock"), new byte[length]);

        Assert.Null(SharedNumber.TryOpen(folder.At("lock")));
    }

    [Fact]
    public void Where_no_file_is_there_is_none_and_none_is_made()
    {
        Assert.Null(SharedNumber.TryOpen(folder.At("nothing")));
        Assert.Null(SharedNumber.TryOpen(folder.Path));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_that_may_only_be_read_gets_none()
    {
        File.WriteAllBytes(folder.At("lock"), []);
        using var file = File.OpenHandle(folder.At("lock"), FileMode.Open, FileAccess.Read);

        Assert.Null(SharedNumber.TryMake(file));
    }

    [Fact]
    public void A_file_that_could_not_be_written_is_not_read_either_because_a_writer_might_get_a_copy_of_it()
    {
        // Nobody may write to a program that runs.
        var program = Environment.ProcessPath!;
        try
        {
            using var file = File.OpenHandle(program, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            Assert.Skip("Here one may.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Null(SharedNumber.TryOpen(program));
        }
    }

    [Fact]
    public void A_full_disk_gives_none()
    {
        // Nothing can be written there, as on a disk without room.
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        Assert.Null(SharedNumber.TryMake(full));
    }
}
