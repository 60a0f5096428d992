namespace MemU.Tests.Maintenance;

/// <summary>A file that something happens to between its two readings, and that counts how often it is read.</summary>
internal sealed class ChangingStream(byte[] content, Action change) : MemoryStream(content)
{
    private bool isDisposed;

    public int Reads { get; private set; }

    public bool WasReadAfterDispose { get; private set; }

    public override long Position
    {
        get => base.Position;
        set
        {
            if (base.Position > 0)
            {
                change();
            }

            base.Position = value;
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Reads++;
        WasReadAfterDispose |= isDisposed;
        return base.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        isDisposed = true;
        base.Dispose(disposing);
    }
}
