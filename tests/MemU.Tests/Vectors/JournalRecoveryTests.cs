using MemU.Vectors;

namespace MemU.Tests.Vectors;

/// <summary>What a journal may look like after a crash, and what becomes of it.</summary>
public sealed class JournalRecoveryTests : JsonFileFixture
{
    private readonly List<long> ends = [];

    private string JournalPath => FilePath + ".journal";

    [Fact]
    public async Task A_journal_cut_anywhere_holds_the_changes_that_were_whole_and_takes_more()
    {
        var journal = await WriteJournalAsync();
        for (var length = 0; length <= journal.Length; length++)
        {
            Put(PythonFile, journal.AsSpan(0, length));
            var whole = ends.Count(e => e <= length);
            var index = Open();

            Assert.Equal(Expected(whole), await ContentAsync(index));
            var codes = (await index.CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code).ToList();
            Assert.Equal(length != 0 && length != (whole == 0 ? 0 : ends[whole - 1]), codes.Contains("torn-journal") || (whole == 0 && length == JournalHeader.Size));
            Assert.DoesNotContain("damaged-vectors", codes);

            await index.ApplyAsync(Bob, Upsert(Vector("after", 9)), Token);
            Assert.Equal($"{Expected(whole)} | after=9", await ContentAsync(Open()));
            Assert.DoesNotContain("torn-journal", (await index.CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));
            await index.DisposeAsync();
            Assert.Equal($"{Expected(whole)} | after=9", await ContentAsync(Open()));
            Assert.False(File.Exists(JournalPath));
        }
    }

    [Fact]
    public async Task A_flipped_byte_is_an_error_or_costs_the_last_record_and_never_gives_something_else()
    {
        var journal = await WriteJournalAsync();
        for (var at = 0; at < journal.Length; at++)
        {
            var damaged = journal.ToArray();
            damaged[at] ^= 0x41;
            Put(PythonFile, damaged);
            var index = Open();
            if (at >= ends[^2])
            {
                Assert.Equal(Expected(ends.Count - 1), await ContentAsync(index));
                continue;
            }

            var error = await Assert.ThrowsAsync<MemoryStoreException>(() => ContentAsync(index));
            Assert.Contains($"'{JournalPath}'", error.Message);
            Assert.Contains($"byte {(at < JournalHeader.Size ? 0 : at < ends[0] ? JournalHeader.Size : ends[0])}", error.Message);
            Assert.Contains("memu reindex", error.Message);
            await Assert.ThrowsAsync<MemoryStoreException>(() => index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token));
            await index.DisposeAsync();
            Assert.Equal(damaged, File.ReadAllBytes(JournalPath));
            Assert.Equal(PythonFile, Text);
        }
    }

    [Fact]
    public async Task A_journal_whose_snapshot_was_put_in_place_is_not_applied_again()
    {
        var journal = await WriteJournalAsync();
        await ApplyAsync(Bob, Upsert(Vector("c", 7)));
        await ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "d")] });
        var folded = Text;
        Put(PythonFile, journal);
        Announce(folded);
        var announced = File.ReadAllBytes(JournalPath);
        Assert.Equal(Expected(ends.Count), await ContentAsync(Open()));

        Put(folded, announced);
        var index = Open();
        Assert.Equal("b=2 i1=1,0 | c=7 i2=0.25,0.5", await ContentAsync(index));
        Assert.DoesNotContain("vectors-changed-below-journal", (await index.CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));

        await index.ApplyAsync(Alice, Upsert(Vector("later", 8)), Token);
        Assert.Equal("b=2 i1=1,0 later=8 | c=7 i2=0.25,0.5", await ContentAsync(Open()));
        await index.DisposeAsync();
        Assert.Equal("b=2 i1=1,0 later=8 | c=7 i2=0.25,0.5", await ContentAsync(Open()));
    }

    [Fact]
    public async Task A_snapshot_that_another_program_changed_keeps_its_changes_and_gets_those_of_the_journal()
    {
        var journal = await WriteJournalAsync();
        Put(PythonFile.Replace("\"i2\"", "\"theirs\"", StringComparison.Ordinal), journal);
        var index = Open();

        Assert.Equal("b=2 d=4 i1=1,0 | c=3 theirs=0.25,0.5", await ContentAsync(index));
        Assert.Contains("vectors-changed-below-journal", (await index.CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));
        await index.ApplyAsync(Alice, Upsert(Vector("e", 5)), Token);
        await index.DisposeAsync();
        Assert.Equal("b=2 d=4 e=5 i1=1,0 | c=3 theirs=0.25,0.5", await ContentAsync(Open()));
    }

    [Fact]
    public async Task A_snapshot_that_is_gone_is_an_error_that_says_how_to_go_on()
    {
        var journal = await WriteJournalAsync();
        File.Delete(FilePath);
        var index = Open();

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => ContentAsync(index));
        Assert.Contains($"'{FilePath}' is gone", error.Message);
        Assert.Contains("memu reindex", error.Message);
        await Assert.ThrowsAsync<MemoryStoreException>(() => index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token));
        Assert.Equal(journal, File.ReadAllBytes(JournalPath));
        Assert.False(File.Exists(FilePath));
        Assert.True(await index.HasDataAsync(Token));

        File.Move(JournalPath, Folder.At("away"));
        await index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token);
        Assert.Equal("new=1 | ", await ContentAsync(Open()));
    }

    [Fact]
    public async Task Without_a_journal_the_snapshot_is_all_there_is()
    {
        await WriteJournalAsync();
        File.Delete(JournalPath);

        Assert.Equal(Expected(0), await ContentAsync(Open()));
    }

    [Fact]
    public async Task A_journal_of_a_later_version_is_left_alone()
    {
        var journal = await WriteJournalAsync();
        journal[8] = 2;
        var header = new byte[JournalHeader.Size];
        journal.AsSpan(0, header.Length).CopyTo(header);
        BitConverter.TryWriteBytes(journal.AsSpan(JournalHeader.Size - 4), MemU.Files.Crc32C.Of(header.AsSpan(0, JournalHeader.Size - 4)));
        Put(PythonFile, journal);

        Assert.Contains("later program", (await Assert.ThrowsAsync<MemoryStoreException>(() => ContentAsync(Open()))).Message);
        Assert.Equal(journal, File.ReadAllBytes(JournalPath));
    }

    [Fact]
    public async Task A_text_that_looks_like_a_record_is_none()
    {
        // The whole second record of another journal, as the text of a torn last record of this one.
        var journal = await WriteJournalAsync();
        var record = journal.AsSpan((int)ends[0], (int)(ends[1] - ends[0])).ToArray();
        File.Delete(JournalPath);
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        var whole = File.ReadAllBytes(JournalPath);
        Put(PythonFile, [.. whole, 0x4D, .. record, 0x4D]);

        Assert.Equal("a=1 i1=1,0 | i2=0.25,0.5", await ContentAsync(Open()));
    }

    [Fact]
    public async Task A_fold_that_fails_after_it_was_announced_changes_nothing()
    {
        var journal = await WriteJournalAsync();
        Put(PythonFile, journal);
        Announce("{}");
        var index = Open();
        await index.ApplyAsync(Bob, Upsert(Vector("after", 9)), Token);

        Assert.Equal($"{Expected(ends.Count)} | after=9", await ContentAsync(Open()));
        await index.DisposeAsync();
        Assert.Equal($"{Expected(ends.Count)} | after=9", await ContentAsync(Open()));
    }

    [Fact]
    public async Task An_index_that_is_open_goes_on_over_what_others_fold()
    {
        Write(PythonFile);
        var index = Open();
        for (var i = 0; i < 5; i++)
        {
            await ApplyAsync(Bob, Upsert(Vector("other", i + 1)));
            Assert.Equal($"i1=1,0{(i == 0 ? "" : $" mine={i - 1}")} | i2=0.25,0.5 other={i + 1}", await ContentAsync(index));
            await index.ApplyAsync(Alice, Upsert(Vector("mine", i)), Token);
        }
    }

    private static string Expected(int groups) => groups switch
    {
        0 => "i1=1,0 | i2=0.25,0.5",
        1 => "a=1 b=2 i1=1,0 | i2=0.25,0.5",
        2 => "a=1 b=2 i1=1,0 | c=3 i2=0.25,0.5",
        _ => "b=2 d=4 i1=1,0 | c=3 i2=0.25,0.5",
    };

    private static async Task<string> ContentAsync(JsonFileVectorIndex index)
    {
        List<string> spaces = [];
        foreach (var scope in new[] { Alice, Bob })
        {
            spaces.Add(string.Join(' ', (await ListAsync(index, scope)).Select(v => $"{v.Id}={string.Join(',', v.Vector.ToArray())}")));
            foreach (var record in await ListAsync(index, scope))
            {
                Assert.Equal(record with { Vector = default }, Assert.Single(await index.GetAsync(scope, record.Collection, [record.Id], Token)) with { Vector = default });
            }
        }

        // The item that is written after a recovery is told apart by its place at the end.
        return spaces[1].StartsWith("after=9 ", StringComparison.Ordinal) ? $"{spaces[0]} | {spaces[1][8..]} | after=9" : string.Join(" | ", spaces);
    }

    private void Announce(string coming)
    {
        File.WriteAllText(Folder.At("coming"), coming);
        using (var file = File.OpenHandle(Folder.At("coming")))
        using (var journal = VectorJournal.Open(JournalPath)!)
        {
            journal.ReadOn((_, _, _) => { });
            journal.Announce(JournalPath, SnapshotIdentity.Of(file));
        }

        File.Delete(Folder.At("coming"));
    }

    private void Put(string snapshot, ReadOnlySpan<byte> journal)
    {
        File.Delete(FilePath);
        Write(snapshot);
        File.WriteAllBytes(JournalPath, journal.ToArray());

        // Its writer is dead, and what it held is free.
        File.Delete(FilePath + ".writers");
    }

    /// <summary>A snapshot of the Python code and a journal of three groups, as a process leaves them that dies.</summary>
    private async Task<byte[]> WriteJournalAsync()
    {
        Write(PythonFile);
        var index = Open();
        foreach (var (scope, changes) in new[]
        {
            (Alice, Upsert(Vector("a", 1), Vector("b", 2))),
            (Bob, Upsert(Vector("c", 3))),
            (Alice, new VectorChanges { Removed = [(VectorCollections.Items, "a")], Upserted = [Vector("d", 4)] }),
        })
        {
            await index.ApplyAsync(scope, changes, Token);
            ends.Add(new FileInfo(JournalPath).Length);
        }

        Assert.Equal(PythonFile, Text);
        File.Delete(FilePath + ".writers");
        return File.ReadAllBytes(JournalPath);
    }
}
