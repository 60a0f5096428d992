namespace MemU.Cli.Tests;

/// <summary>An input like the console's: during the read that waits for more somebody presses Ctrl+C, and that read never returns.</summary>
internal sealed class InterruptingStream(CancellationTokenSource interrupt) : MemoryStream("Alice keeps two parrots in Oslo."u8.ToArray())
{
    private readonly ManualResetEventSlim never = new();

    public override int Read(Span<byte> buffer)
    {
        if (Position < Length)
        {
            return base.Read(buffer);
        }

        interrupt.Cancel();
        never.Wait();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        never.Set();
        base.Dispose(disposing);
    }
}
