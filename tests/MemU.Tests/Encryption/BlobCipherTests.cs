using System.Security.Cryptography;
using MemU.Encryption;

namespace MemU.Tests.Encryption;

public sealed class BlobCipherTests
{
    private readonly BlobCipher cipher = new(CryptHouse.Key(1));

    public static TheoryData<int> Sizes => [0, 1, BlobCipher.ChunkSize - 1, BlobCipher.ChunkSize, BlobCipher.ChunkSize + 1, (3 * BlobCipher.ChunkSize) + 7];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Bytes_come_back_however_they_are_read(int size)
    {
        var content = Bytes(size);
        var written = cipher.Seal(content);

        Assert.Equal(content, await ReadAsync(written));
        Assert.Equal(content, ReadInSteps(Open(written, HashOf(written)), 777));
        Assert.Equal(written, cipher.Seal(content));
        Assert.NotEqual(written, new BlobCipher(CryptHouse.Key(2)).Seal(content));
    }

    [Fact]
    public async Task Bytes_that_were_cut_off_are_an_error_wherever()
    {
        var written = cipher.Seal(Bytes(2 * BlobCipher.ChunkSize));

        foreach (var length in new[] { 0, 7, BlobCipher.HeaderSize, BlobCipher.HeaderSize + 5, BlobCipher.HeaderSize + BlobCipher.ChunkSize + GcmKey.TagSize, written.Length - 1 })
        {
            await Assert.ThrowsAsync<MemoryStoreException>(() => ReadAsync(written[..length]));
        }
    }

    [Fact]
    public async Task A_changed_bit_is_an_error_wherever()
    {
        var written = cipher.Seal(Bytes(BlobCipher.ChunkSize + 100));

        foreach (var at in new[] { 0, 8, 39, 40, 60_000, written.Length - 120, written.Length - 1 })
        {
            var changed = (byte[])written.Clone();
            changed[at] ^= 1;
            await Assert.ThrowsAsync<MemoryStoreException>(() => ReadAsync(changed));
        }
    }

    [Fact]
    public async Task Chunks_in_another_order_are_an_error()
    {
        var written = cipher.Seal(Bytes(2 * BlobCipher.ChunkSize));
        const int Chunk = BlobCipher.ChunkSize + GcmKey.TagSize;
        byte[] exchanged = [.. written[..BlobCipher.HeaderSize], .. written[(BlobCipher.HeaderSize + Chunk)..], .. written[BlobCipher.HeaderSize..(BlobCipher.HeaderSize + Chunk)]];

        await Assert.ThrowsAsync<MemoryStoreException>(() => ReadAsync(exchanged));
    }

    [Fact]
    public async Task The_file_of_another_source_is_an_error()
    {
        var (one, other) = (cipher.Seal("one"u8), cipher.Seal("other"u8));

        await Assert.ThrowsAsync<MemoryStoreException>(() => ReadAsync(other, HashOf(one)));
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static string HashOf(byte[] written) => Convert.ToHexStringLower(SHA256.HashData(written));

    private DecryptingStream Open(byte[] written, string hash) => new(new MemoryStream(written), cipher, hash, () => EncryptionFault.Tampered(CryptHouse.Alice, "source"));

    private async Task<byte[]> ReadAsync(byte[] written, string? hash = null)
    {
        await using var stream = Open(written, hash ?? HashOf(written));
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    private static byte[] ReadInSteps(Stream stream, int step)
    {
        using var content = new MemoryStream();
        var buffer = new byte[step];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
