using System.Diagnostics;
using MemU.Files;
using MemU.Testing;
using MemU.Vectors;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Vectors;

/// <summary>Who folds the journal in when several have the file open.</summary>
public sealed class JsonFileSharingTests : JsonFileFixture
{
    private bool HasJournal => File.Exists(FilePath + ".journal");

    [Fact]
    public async Task The_last_of_those_who_wrote_folds_for_all()
    {
        var (first, second) = (Open(), Open());
        await first.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        await second.ApplyAsync(Bob, Upsert(Vector("canary", 2)), Token);

        await first.DisposeAsync();
        Assert.True(HasJournal);
        Assert.False(File.Exists(FilePath));
        Assert.Equal(["canary"], (await ListAsync(second, Bob)).Select(v => v.Id));

        await second.DisposeAsync();
        Assert.False(HasJournal);
        Assert.Equal(["vectors.json", "vectors.json.lock"], Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(("a", "canary"), (await IdsAsync(Alice), await IdsAsync(Bob)));
    }

    [Fact]
    public async Task Who_only_reads_keeps_nobody_from_folding()
    {
        Write(PythonFile);
        var reader = Open();
        await ListAsync(reader, Alice);

        await ApplyAsync(Alice, Upsert(Vector("a", 1)));

        Assert.False(HasJournal);
        Assert.Equal(["a", "i1"], (await ListAsync(reader, Alice)).Select(v => v.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_was_stored_is_seen_also_when_its_journal_is_folded_in_between_two_looks(int look)
    {
        Write(PythonFile);
        var writer = Open();
        var (looks, folding) = (0, false);
        await using var reader = new JsonFileVectorIndex(FilePath, options: new JsonFileOptions
        {
            Look = path =>
            {
                if (folding && ++looks == look)
                {
                    writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
                }

                return FileIdentity.At(path);
            },
        });
        Assert.Single(await ListAsync(reader, Alice, VectorCollections.Items));
        await writer.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token);
        folding = true;

        var seen = await reader.GetAsync(Alice, Vector("new", 1).Collection, ["new"], Token);

        await writer.DisposeAsync();
        Assert.Equal(["new"], seen.Select(v => v.Id));
    }

    [Fact]
    public async Task A_process_that_has_written_and_is_still_there_gets_the_folding_and_a_killed_one_does_not()
    {
        const string script = "import fcntl,sys,time; f=open(sys.argv[1]); fcntl.flock(f,fcntl.LOCK_SH); print('held',flush=True); time.sleep(600)";
        await File.WriteAllBytesAsync(FilePath + ".writers", [], Token);
        using var other = Process.Start(new ProcessStartInfo(Needs.Python(), ["-c", script, FilePath + ".writers"]) { RedirectStandardOutput = true })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync(Token));

        await ApplyAsync(Alice, Upsert(Vector("a", 1)));
        Assert.True(HasJournal);

        other.Kill();
        await other.WaitForExitAsync(Token);
        await ApplyAsync(Bob, Upsert(Vector("b", 1)));
        Assert.False(HasJournal);
        Assert.Equal(("a", "b"), (await IdsAsync(Alice), await IdsAsync(Bob)));
    }

    [Theory]
    [InlineData("c")]
    [InlineData("c, of which the record is longer than the one before")]
    public async Task What_a_writer_took_back_is_forgotten_by_those_who_had_read_it_and_what_took_its_place_stays(string other)
    {
        var (first, reader) = (Open(), Open());
        await first.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        var stored = new FileInfo(FilePath + ".journal").Length;
        await first.ApplyAsync(Alice, Upsert(Vector("b", 2)), Token);
        Assert.Equal(["a", "b"], (await ListAsync(reader, Alice)).Select(v => v.Id));

        // As a writer leaves it whose disk would not take the record to its end; then another one writes.
        using (var journal = new FileStream(FilePath + ".journal", FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            journal.SetLength(stored);
        }

        await Open().ApplyAsync(Alice, Upsert(Vector(other, 3)), Token);
        File.SetLastWriteTimeUtc(FilePath + ".journal", File.GetLastWriteTimeUtc(FilePath + ".journal").AddSeconds(1));

        Assert.Equal(["a", other], (await ListAsync(reader, Alice)).Select(v => v.Id));
        await reader.ApplyAsync(Alice, Upsert(Vector("d", 4)), Token);
        Assert.Equal($"a {other} d", await IdsAsync(Alice));
    }

    [Fact]
    public async Task Nobody_gives_up_waiting_while_a_large_file_is_being_folded()
    {
        Write(PythonFile);
        var held = new FileStream(FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var time = new FakeTimeProvider();
        await using var index = new JsonFileVectorIndex(FilePath, time);
        var writing = index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        for (var second = 0; second < 300; second++)
        {
            await File.AppendAllTextAsync(FilePath + ".tmp", "more of the copy", Token);
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False(writing.IsCompleted);
        await held.DisposeAsync();
        while (!writing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await writing;
        Assert.Equal("a i1", await IdsAsync(Alice));
    }
}
