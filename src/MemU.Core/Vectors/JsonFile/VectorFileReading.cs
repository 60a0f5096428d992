using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>
/// Reads a vector file on several threads, in memory for one piece each. One thread at a time reads the next piece and sees where its entries stand, which is
/// quick; then it reads their numbers, while another does the same with the piece after; the entries are handed over in the order of the file.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="sink">Gets the entries.</param>
internal sealed class VectorFileReading(SafeFileHandle file, IVectorFileSink sink) : IVectorFileSink
{
    private const int PieceSize = 1 << 20;
    private const int MostThreads = 4;
    private readonly Lock turn = new();
    private VectorFileParser? parser;
    private Task handed = Task.CompletedTask;
    private List<VectorFileEntry> found = [];
    private byte[] rest = [];
    private long position;
    private bool isDone;

    /// <summary>Reads everything.</summary>
    /// <exception cref="VectorFileDamage">The file is damaged; the place is not always known.</exception>
    public async Task<SnapshotStructure> RunAsync(CancellationToken cancellationToken)
    {
        parser = new VectorFileParser(this, isFast: true);
        var threads = (int)Math.Min(Math.Min(MostThreads, Environment.ProcessorCount), (RandomAccess.GetLength(file) / PieceSize) + 1);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() => WorkAsync(cancellationToken), cancellationToken)));
        return parser.Structure;
    }

    /// <inheritdoc />
    bool IVectorFileSink.Take(VectorFileEntry entry, ReadOnlySpan<float> vector)
    {
        found.Add(entry);
        return true;
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var piece = new VectorFilePiece(PieceSize);
        try
        {
            while (TryBegin(piece, cancellationToken))
            {
                piece.ReadNumbers();
                await piece.Before;
                piece.HandTo(sink);
                piece.Handed.SetResult();
            }
        }
        catch
        {
            // Whoever waits for this piece ends too, and nobody begins another.
            Stop();
            piece.Handed.TrySetCanceled(CancellationToken.None);
            throw;
        }
    }

    private bool TryBegin(VectorFilePiece piece, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            if (isDone)
            {
                return false;
            }

            cancellationToken.ThrowIfCancellationRequested();
            piece.Begin(handed, position, rest);
            found = piece.Found;
            var used = 0;
            while (used == 0 && !isDone)
            {
                used = parser!.Read(piece.Fill(file, out isDone), isDone);
            }

            position += used;
            rest = piece.Rest(position).ToArray();
            handed = piece.Handed.Task;
            return true;
        }
    }

    private void Stop()
    {
        lock (turn)
        {
            isDone = true;
        }
    }
}
