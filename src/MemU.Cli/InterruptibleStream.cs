namespace MemU.Cli;

/// <summary>
/// An input whose reads can be cancelled. The console's cannot: a read that waits for a person or a pipe would swallow Ctrl+C. A read that is
/// given up stays behind on its thread, which ends with the process.
/// </summary>
internal sealed class InterruptibleStream(Stream inner) : Stream
{
    private const int Chunk = 1 << 16;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A buffer of its own: the caller's may be in other hands when a read that was given up returns.
        var own = new byte[Math.Min(buffer.Length, Chunk)];
        var read = await Task.Run(() => inner.Read(own), CancellationToken.None).WaitAsync(cancellationToken);
        own.AsMemory(0, read).CopyTo(buffer);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
