using System.Security.Cryptography;

namespace MemU.Encryption;

/// <summary>
/// The bytes of a source, decrypted while they are read. It knows the last chunk by reading one ahead, and checks at the end that the file is the one
/// that its name says. Cannot seek. Not thread-safe.
/// </summary>
/// <param name="source">The encrypted file; closed with this.</param>
/// <param name="blobs">The space's cipher.</param>
/// <param name="hash">SHA-256 of the encrypted file.</param>
/// <param name="damaged">The error to throw when it is not what was written.</param>
internal sealed class DecryptingStream(Stream source, BlobCipher blobs, string hash, Func<MemoryStoreException> damaged) : Stream
{
    private const int WrittenSize = BlobCipher.ChunkSize + GcmKey.TagSize;

    private readonly IncrementalHash written = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] plain = new byte[BlobCipher.ChunkSize];
    private byte[] current = new byte[WrittenSize];
    private byte[] ahead = new byte[WrittenSize];
    private int aheadLength;
    private long chunk;
    private bool isAtEnd;
    private Memory<byte> rest;
    private AesGcm? cipher;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (rest.IsEmpty && !isAtEnd)
        {
            if (cipher is null)
            {
                Begin(source.ReadAtLeast(current.AsSpan(0, BlobCipher.HeaderSize), BlobCipher.HeaderSize, throwOnEndOfStream: false));
                aheadLength = source.ReadAtLeast(ahead, WrittenSize, throwOnEndOfStream: false);
            }

            var length = Turn();
            aheadLength = length < WrittenSize ? 0 : source.ReadAtLeast(ahead, WrittenSize, throwOnEndOfStream: false);
            Decrypt(length);
        }

        return Take(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (rest.IsEmpty && !isAtEnd)
        {
            if (cipher is null)
            {
                Begin(await source.ReadAtLeastAsync(current.AsMemory(0, BlobCipher.HeaderSize), BlobCipher.HeaderSize, throwOnEndOfStream: false, cancellationToken));
                aheadLength = await source.ReadAtLeastAsync(ahead, WrittenSize, throwOnEndOfStream: false, cancellationToken);
            }

            var length = Turn();
            aheadLength = length < WrittenSize ? 0 : await source.ReadAtLeastAsync(ahead, WrittenSize, throwOnEndOfStream: false, cancellationToken);
            Decrypt(length);
        }

        return Take(buffer.Span);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            cipher?.Dispose();
            written.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Begin(int length)
    {
        written.AppendData(current, 0, length);
        cipher = blobs.CipherOf(current.AsSpan(0, length)) ?? throw damaged();
    }

    /// <summary>Makes the chunk that was read ahead the current one; returns its length.</summary>
    private int Turn()
    {
        (current, ahead) = (ahead, current);
        return aheadLength;
    }

    private void Decrypt(int length)
    {
        var isLast = aheadLength == 0;
        written.AppendData(current, 0, length);
        if (length < GcmKey.TagSize || !BlobCipher.TryDecrypt(cipher!, chunk++, isLast, current.AsSpan(0, length), plain.AsSpan(0, length - GcmKey.TagSize)))
        {
            throw damaged();
        }

        // Every chunk is whole, but it may be the file of another source of this space.
        if (isLast && Convert.ToHexStringLower(written.GetHashAndReset()) != hash)
        {
            throw damaged();
        }

        rest = plain.AsMemory(0, length - GcmKey.TagSize);
        isAtEnd = isLast;
    }

    private int Take(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, rest.Length);
        rest.Span[..length].CopyTo(buffer);
        rest = rest[length..];
        return length;
    }
}
