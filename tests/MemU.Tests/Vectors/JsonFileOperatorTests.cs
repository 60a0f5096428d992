using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class JsonFileOperatorTests : JsonFileFixture
{
    [Fact]
    public async Task A_backup_is_restored_elsewhere_and_over_newer_data()
    {
        Write(PythonFile);
        var index = Open();
        Directory.CreateDirectory(Folder.At("backup"));
        List<long> progress = [];
        await index.BackUpAsync(Folder.At("backup"), new ListProgress(progress), Token);
        await index.ApplyAsync(Alice, Upsert(Vector("later", 1)), Token);

        await index.RestoreAsync(Folder.At("backup"), null, Token);

        Assert.Equal([new FileInfo(FilePath).Length], progress);
        Assert.Equal(PythonFile, Text);
        Assert.Single(await ListAsync(index, Alice));
        var elsewhere = new JsonFileVectorIndex(Folder.At("elsewhere", "v.json"));
        await elsewhere.RestoreAsync(Folder.At("backup"), null, Token);
        Assert.Single(await ListAsync(elsewhere, Bob));
    }

    [Fact]
    public async Task A_backup_of_nothing_restores_nothing()
    {
        Directory.CreateDirectory(Folder.At("backup"));
        await Open().BackUpAsync(Folder.At("backup"), null, Token);
        Write(PythonFile);
        await Open().RestoreAsync(Folder.At("backup"), null, Token);

        Assert.Empty(Folder.Files);
    }

    [Fact]
    public async Task A_damaged_file_is_not_backed_up()
    {
        Write(PythonFile[..^2]);
        Directory.CreateDirectory(Folder.At("backup"));

        await Assert.ThrowsAsync<MemoryStoreException>(() => Open().BackUpAsync(Folder.At("backup"), null, Token));

        Assert.Equal(["vectors.json"], Folder.Files);
    }

    [Fact]
    public async Task A_damaged_backup_replaces_nothing()
    {
        Write(PythonFile);
        Directory.CreateDirectory(Folder.At("backup"));
        File.WriteAllText(Folder.At("backup", "vectors.json"), PythonFile[..^2]);

        await Assert.ThrowsAsync<MemoryStoreException>(() => Open().RestoreAsync(Folder.At("backup"), null, Token));
        await Assert.ThrowsAsync<MemoryStoreException>(() => Open().RestoreAsync(Folder.At("nowhere"), null, Token));

        Assert.Equal(PythonFile, Text);
    }

    [Fact]
    public async Task A_restore_mends_a_damaged_file()
    {
        Directory.CreateDirectory(Folder.At("backup"));
        File.WriteAllText(Folder.At("backup", "vectors.json"), PythonFile);
        Write("damaged");

        await Open().RestoreAsync(Folder.At("backup"), null, Token);

        Assert.Equal("i1", await IdsAsync(Alice));
    }

    [Fact]
    public async Task A_backup_holds_what_is_in_the_journal_and_leaves_the_journal_alone()
    {
        Write(PythonFile);
        var index = Open();
        await index.ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "i1")], Upserted = [Vector("new", 1)] }, Token);
        Directory.CreateDirectory(Folder.At("backup"));
        var journal = File.ReadAllBytes(FilePath + ".journal");

        await index.BackUpAsync(Folder.At("backup"), null, Token);

        Assert.Equal(journal, File.ReadAllBytes(FilePath + ".journal"));
        Assert.Equal(PythonFile, Text);
        var copy = new JsonFileVectorIndex(Folder.At("backup", "vectors.json"));
        Assert.Equal(["new"], (await ListAsync(copy, Alice)).Select(v => v.Id));
        Assert.Equal(["i2"], (await ListAsync(copy, Bob)).Select(v => v.Id));
        Assert.Equal(["vectors.json"], Directory.GetFiles(Folder.At("backup")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restore_replaces_the_journal_too(bool damaged)
    {
        Directory.CreateDirectory(Folder.At("backup"));
        File.WriteAllText(Folder.At("backup", "vectors.json"), PythonFile);
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("later", 1)), Token);
        if (damaged)
        {
            File.WriteAllText(FilePath + ".journal", "this is no journal, though it is long enough to be one");
        }

        await index.RestoreAsync(Folder.At("backup"), null, Token);

        Assert.Equal("i1", await IdsAsync(Alice));
        Assert.Equal(["backup/vectors.json", "vectors.json", "vectors.json.lock", "vectors.json.writers"], Folder.Files);
        await index.ApplyAsync(Alice, Upsert(Vector("again", 1)), Token);
        Assert.Equal("again i1", await IdsAsync(Alice));
    }

    [Fact]
    public async Task The_check_counts_what_is_in_the_journal()
    {
        Write(PythonFile);
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token);

        var findings = await index.CheckAsync(Token).ToListAsync(Token);

        Assert.Equal(["vectors", "mixed-dimensions"], findings.Select(f => f.Code));
        Assert.StartsWith("4 vectors of 2 spaces. 1 changes are in the journal", findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_in_which_files_the_vectors_are()
    {
        var index = new JsonFileVectorIndex(FilePath, options: new JsonFileOptions { LeastIndexed = 0 });
        Assert.Equal([FilePath], index.Locations);

        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        Assert.Equal([FilePath, FilePath + ".journal"], index.Locations);

        await index.DisposeAsync();
        Assert.Equal([FilePath, FilePath + ".index"], index.Locations);
    }

    [Fact]
    public async Task A_reset_leaves_no_file()
    {
        await Open().ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        File.WriteAllText(FilePath + ".tmp", "left over");
        File.WriteAllText(FilePath + ".index", "an index");
        File.WriteAllText(FilePath + ".index.x.tmp", "left over");
        var index = Open();
        Assert.True(await index.HasDataAsync(Token));

        await index.ResetAsync(Token);
        await index.ResetAsync(Token);

        Assert.Empty(Folder.Files);
        Assert.False(await index.HasDataAsync(Token));
        Assert.Empty(await ListAsync(index, Alice));
    }

    [Fact]
    public async Task The_check_counts_and_names_what_a_question_cannot_reach()
    {
        Write("""
            {"items": {"a": {"user_id": "alice", "agent_id": "default", "vector": [1]}, "b": {"user_id": "alice", "agent_id": "default", "vector": [1, 2]},
            "c": {"user_id": "bob", "agent_id": "default", "vector": [1, 2, 3]}}, "categories": {"d": {"user_id": "bob", "agent_id": "default", "vector": []}}}
            """);

        var findings = await Open().CheckAsync(Token).ToListAsync(Token);

        Assert.Equal(["vectors", "mixed-dimensions", "empty-vector"], findings.Select(f => f.Code));
        Assert.StartsWith("4 vectors of 2 spaces", findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("user 'alice'", findings[1].Message);
        Assert.Contains("1, 2 dimensions", findings[1].Message);
        Assert.Contains("memu reindex", findings[1].Remedy);
    }

    private sealed class ListProgress(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }
}
