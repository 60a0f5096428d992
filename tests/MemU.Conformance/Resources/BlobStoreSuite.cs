using System.Security.Cryptography;
using MemU.Resources;

namespace MemU.Conformance.Resources;

/// <summary>What every blob store must do. A provider is a class that says how to make an empty one.</summary>
public abstract class BlobStoreSuite : IAsyncLifetime
{
    private IBlobStore? blobs;

    internal IBlobStore Blobs => blobs!;

    internal static MemoryScope Alice { get; } = new("alice");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Pairs of spaces that are easily mixed up.</summary>
    public static TheoryData<string[], string[]> Neighbours => Spaces.Neighbours;

    /// <summary>File names that break careless stores, and the ending each leaves.</summary>
    public static TheoryData<string?, string> FileNames => new()
    {
        { "chat.json", ".json" },
        { "Photo.JPG", ".jpg" },
        { "archive.tar.gz", ".gz" },
        { null, "" },
        { "", "" },
        { "no ending", "" },
        { "trailing.", "" },
        { ".hidden", ".hidden" },
        { "../../etc/passwd", "" },
        { "x./../../escape", "" },
        { "nul.\0txt", "" },
        { "name.täxt", "" },
        { "name.🦆", "" },
        { "name.a b", "" },
        { "name.abcdefghij", ".abcdefghij" },
        { "name.abcdefghijk", "" },
        { "C:\\windows\\x.exe", ".exe" },
    };

    public async ValueTask InitializeAsync() => blobs = await CreateAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        switch (blobs)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    /// <summary>False when a name says nothing: it holds neither the hash of the bytes nor an ending.</summary>
    protected virtual bool NamesTell => true;

    /// <summary>A new, empty store.</summary>
    private protected abstract Task<IBlobStore> CreateAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Bytes_come_back_as_they_were(int size)
    {
        var content = new byte[size];
        new Random(3).NextBytes(content);

        var blob = await Blobs.PutAsync(Alice, content, "x.bin", Token);

        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(content)), (long)size, true), (blob.Hash, blob.Size, blob.IsNew));
        Assert.Equal(content, await ReadAsync(Alice, blob.Key));
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public async Task A_key_is_the_space_the_hash_and_a_plain_ending(string? fileName, string ending)
    {
        var blob = await Blobs.PutAsync(Alice, "x"u8.ToArray(), fileName, Token);

        if (NamesTell)
        {
            Assert.Equal($"{Alice.Key}/{blob.Hash}{ending}", blob.Key);
        }
        else
        {
            Assert.Matches($"^{Alice.Key}/[0-9a-f]{{64}}$", blob.Key);
            Assert.DoesNotContain(blob.Hash, blob.Key, StringComparison.Ordinal);
        }

        Assert.Equal("x"u8.ToArray(), await ReadAsync(Alice, blob.Key));
        Assert.Equal([blob.Key], await ListAsync(Alice));
    }

    [Fact]
    public async Task The_same_bytes_and_ending_are_kept_once()
    {
        var first = await Blobs.PutAsync(Alice, "same"u8.ToArray(), "a.txt", Token);
        var second = await Blobs.PutAsync(Alice, "same"u8.ToArray(), "b.TXT", Token);
        var other = await Blobs.PutAsync(Alice, "same"u8.ToArray(), "b.md", Token);

        Assert.Equal(first with { IsNew = false }, second);
        Assert.Equal(NamesTell, other.IsNew);
        Assert.Equal(new[] { first.Key, other.Key }.Distinct().Order(StringComparer.Ordinal), await ListAsync(Alice));
    }

    [Fact]
    public async Task Files_of_one_name_do_not_collide()
    {
        var first = await Blobs.PutAsync(Alice, "first"u8.ToArray(), "chat.txt", Token);
        var second = await Blobs.PutAsync(Alice, "second"u8.ToArray(), "chat.txt", Token);

        Assert.Equal("first"u8.ToArray(), await ReadAsync(Alice, first.Key));
        Assert.Equal("second"u8.ToArray(), await ReadAsync(Alice, second.Key));
    }

    [Fact]
    public async Task A_removed_blob_is_gone_and_removing_it_again_is_no_error()
    {
        var blob = await Blobs.PutAsync(Alice, "x"u8.ToArray(), null, Token);
        await Blobs.DeleteAsync(Alice, blob.Key, Token);
        await Blobs.DeleteAsync(Alice, blob.Key, Token);

        Assert.Null(await Blobs.OpenAsync(Alice, blob.Key, Token));
        Assert.Empty(await ListAsync(Alice));
        Assert.True((await Blobs.PutAsync(Alice, "x"u8.ToArray(), null, Token)).IsNew);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("data/resources/chat.txt")]
    [InlineData("C:\\x")]
    [InlineData("a\0b")]
    [InlineData("{key}")]
    [InlineData("{key}/")]
    [InlineData("{key}/../{key}/{hash}")]
    [InlineData("{key}/../../secret.txt")]
    [InlineData("{key}//{hash}")]
    [InlineData("./{key}/{hash}")]
    [InlineData("{key}/{hash}/")]
    [InlineData("{key}/{hash}\0")]
    [InlineData("{key}\\{hash}")]
    public async Task A_key_that_the_space_was_never_given_opens_nothing_and_removes_nothing(string key)
    {
        var blob = await Blobs.PutAsync(Alice, "x"u8.ToArray(), null, Token);
        key = key.Replace("{key}", Alice.Key).Replace("{hash}", blob.Hash);

        Assert.Null(await Blobs.OpenAsync(Alice, key, Token));
        await Blobs.DeleteAsync(Alice, key, Token);
        Assert.Equal([blob.Key], await ListAsync(Alice));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task A_space_shows_nothing_of_its_neighbour_and_cannot_touch_it(string[] here, string[] there)
    {
        var (mine, theirs) = (Spaces.Of(here), Spaces.Of(there));
        var canary = await Blobs.PutAsync(theirs, "CANARY"u8.ToArray(), "chat.txt", Token);

        Assert.Empty(await ListAsync(mine));
        Assert.Null(await Blobs.OpenAsync(mine, canary.Key, Token));
        await Blobs.DeleteAsync(mine, canary.Key, Token);
        var own = await Blobs.PutAsync(mine, "CANARY"u8.ToArray(), "chat.txt", Token);
        Assert.True(own.IsNew);
        await Blobs.DeleteAsync(mine, own.Key, Token);
        Assert.Equal("CANARY"u8.ToArray(), await ReadAsync(theirs, canary.Key));
    }

    [Fact]
    public async Task Writers_of_the_same_bytes_at_the_same_time_leave_one_whole_blob()
    {
        var content = new byte[200_000];
        new Random(5).NextBytes(content);

        var put = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Blobs.PutAsync(Alice, content, "x.bin", Token))));

        Assert.Single(put.Select(p => p.Key).Distinct());
        Assert.Equal(content, await ReadAsync(Alice, put[0].Key));
        Assert.Single(await ListAsync(Alice));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task An_erased_space_has_no_blob_and_its_neighbour_keeps_its_own(string[] here, string[] there)
    {
        var (mine, theirs) = (Spaces.Of(here), Spaces.Of(there));
        var canary = await Blobs.PutAsync(theirs, "CANARY"u8.ToArray(), "chat.txt", Token);
        await Blobs.PutAsync(mine, "CANARY"u8.ToArray(), "chat.txt", Token);
        await Blobs.PutAsync(mine, "x"u8.ToArray(), null, Token);

        Assert.Equal(2, await Blobs.EraseAsync(mine, Token));
        Assert.Equal(0, await Blobs.EraseAsync(mine, Token));

        Assert.Empty(await ListAsync(mine));
        Assert.Equal("CANARY"u8.ToArray(), await ReadAsync(theirs, canary.Key));
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing_and_reads_nothing()
    {
        var blob = await Blobs.PutAsync(Alice, "x"u8.ToArray(), null, Token);
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            () => Blobs.PutAsync(Alice, "y"u8.ToArray(), null, cancelled),
            () => Blobs.OpenAsync(Alice, blob.Key, cancelled),
            () => Blobs.DeleteAsync(Alice, blob.Key, cancelled),
            async () => await Blobs.ListAsync(Alice, cancelled).ToListAsync(cancelled),
        ];

        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }

        Assert.Equal([blob.Key], await ListAsync(Alice));
    }

    private async Task<byte[]?> ReadAsync(MemoryScope scope, string key)
    {
        await using var stream = await Blobs.OpenAsync(scope, key, Token);
        if (stream is null)
        {
            return null;
        }

        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Token);
        return content.ToArray();
    }

    private Task<List<string>> ListAsync(MemoryScope scope) => Blobs.ListAsync(scope, Token).ToListAsync(Token).AsTask();
}
