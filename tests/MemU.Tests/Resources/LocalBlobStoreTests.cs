using MemU.Resources;
using MemU.Testing;

namespace MemU.Tests.Resources;

public sealed class LocalBlobStoreTests : IDisposable
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");
    private readonly TemporaryFolder folder = new();
    private readonly LocalBlobStore blobs;

    public LocalBlobStoreTests() => blobs = new LocalBlobStore(folder.At("resources"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nothing_is_made_before_the_first_write()
    {
        Assert.Empty(await blobs.ListAsync(Alice, Token).ToListAsync(Token));
        Assert.False(await blobs.HasDataAsync(Token));
        Assert.Null(await blobs.OpenAsync(Alice, $"{Alice.Key}/{new string('a', 64)}", Token));
        await blobs.DeleteAsync(Alice, $"{Alice.Key}/{new string('a', 64)}", Token);
        await blobs.ResetAsync(Token);

        Assert.False(Directory.Exists(folder.At("resources")));
    }

    [Fact]
    public async Task A_write_leaves_one_file_under_its_key()
    {
        var blob = await PutAsync(Alice, "hello", "chat.txt");

        Assert.Equal([$"resources/{blob.Key}"], folder.Files);
        Assert.Equal("hello", File.ReadAllText(folder.At("resources", blob.Key)));
        Assert.True(await blobs.HasDataAsync(Token));
    }

    [Fact]
    public async Task A_file_that_was_cut_short_is_written_again()
    {
        var blob = await PutAsync(Alice, "hello");
        File.WriteAllText(folder.At("resources", blob.Key), "he");

        Assert.True((await PutAsync(Alice, "hello")).IsNew);
        Assert.Equal("hello", File.ReadAllText(folder.At("resources", blob.Key)));
    }

    [Fact]
    public async Task A_write_that_cannot_end_leaves_nothing_and_names_the_file()
    {
        var blob = await PutAsync(Alice, "hello");
        await blobs.DeleteAsync(Alice, blob.Key, Token);
        Directory.CreateDirectory(folder.At("resources", blob.Key, "in the way"));

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => PutAsync(Alice, "hello"));

        Assert.Contains(blob.Hash, error.Message);
        Assert.Equal(("local", "put"), (error.Provider, error.Operation));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task A_backup_is_topped_up_and_restored_elsewhere()
    {
        var first = await PutAsync(Alice, "first", "a.txt");
        File.WriteAllText(Path.Combine(folder.At("resources", Alice.Key), ".half-written.tmp"), "x");
        await blobs.BackUpAsync(folder.At("backup"), null, Token);
        var written = File.GetLastWriteTimeUtc(folder.At("backup", first.Key));
        var second = await PutAsync(Bob, "second");
        List<long> progress = [];
        await blobs.BackUpAsync(folder.At("backup"), new ListProgress(progress), Token);

        Assert.Equal([6], progress);
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder.At("backup", first.Key)));
        Assert.Equal(new[] { $"backup/{first.Key}", $"backup/{second.Key}" }.Order(StringComparer.Ordinal), folder.Files.Where(f => f.StartsWith("backup", StringComparison.Ordinal)));

        var elsewhere = new LocalBlobStore(folder.At("elsewhere"));
        var extra = await elsewhere.PutAsync(Alice, "not in the backup"u8.ToArray(), null, Token);
        await elsewhere.RestoreAsync(folder.At("backup"), null, Token);
        Assert.Null(await elsewhere.OpenAsync(Alice, extra.Key, Token));
        Assert.Equal("first", File.ReadAllText(folder.At("elsewhere", first.Key)));
        Assert.Equal([second.Key], await elsewhere.ListAsync(Bob, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_restore_from_nowhere_removes_nothing()
    {
        await PutAsync(Alice, "first");

        await Assert.ThrowsAsync<MemoryStoreException>(() => blobs.RestoreAsync(folder.At("nowhere"), null, Token));

        Assert.Single(folder.Files);
    }

    [Fact]
    public async Task A_reset_removes_what_is_ours_and_nothing_else()
    {
        await PutAsync(Alice, "first");
        await PutAsync(Bob, "second");
        File.WriteAllText(Path.Combine(folder.At("resources", Alice.Key), ".half-written.tmp"), "x");
        File.WriteAllText(folder.At("resources", "chat.txt"), "a file of the Python code");

        await blobs.ResetAsync(Token);
        await blobs.ResetAsync(Token);

        Assert.Equal(["resources/chat.txt"], folder.Files);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.At("resources")));
    }

    [Fact]
    public async Task The_check_names_damaged_blobs_and_leftovers()
    {
        var good = await PutAsync(Alice, "good");
        var bad = await PutAsync(Alice, "bad!");
        File.WriteAllText(folder.At("resources", bad.Key), "worn");
        File.WriteAllText(Path.Combine(folder.At("resources", Alice.Key), ".half-written.tmp"), "x");

        var findings = await blobs.CheckAsync(Token).ToListAsync(Token);

        Assert.Equal(["leftover-temporary", "damaged-blob"], findings.Select(f => f.Code));
        Assert.Contains(bad.Hash, findings[1].Message);
        Assert.Equal(FindingSeverity.Error, findings[1].Severity);
        Assert.DoesNotContain(findings, f => f.Message.Contains(good.Hash));
    }

    private Task<BlobReference> PutAsync(MemoryScope scope, string text, string? name = null) =>
        blobs.PutAsync(scope, System.Text.Encoding.UTF8.GetBytes(text), name, Token);

    private sealed class ListProgress(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }
}
