using System.Buffers;
using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>A stretch of a vector file that holds whole entries. Not thread-safe.</summary>
/// <param name="size">How many bytes are read at once.</param>
internal sealed class VectorFilePiece(int size) : IDisposable
{
    private readonly List<(VectorFileEntry Entry, int First, int Count)> entries = [];
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(size);
    private float[] vector = new float[256];
    private float[] numbers = [];
    private long start;
    private int length;
    private int filled;

    /// <summary>The entries that begin and end in it; their numbers are still to be read.</summary>
    public List<VectorFileEntry> Found { get; } = [];

    /// <summary>Ends when the piece before has been handed over; fails when that failed.</summary>
    public Task Before { get; private set; } = Task.CompletedTask;

    /// <summary>The handing over of this piece.</summary>
    public TaskCompletionSource Handed { get; private set; } = new();

    /// <summary>The bytes after a place of the file that were read and not used.</summary>
    public ReadOnlySpan<byte> Rest(long from) => bytes.AsSpan((int)(from - start), length - (int)(from - start));

    /// <summary>Begins anew, after a piece.</summary>
    public void Begin(Task before, long from, ReadOnlySpan<byte> rest)
    {
        (Before, Handed) = (before, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        (start, length, filled) = (from, 0, 0);
        Found.Clear();
        entries.Clear();
        Grow(rest.Length);
        rest.CopyTo(bytes);
        length = rest.Length;
    }

    /// <summary>Reads on from the file; makes room when there is none.</summary>
    /// <returns>All that was read, and whether the file ends with it.</returns>
    public ReadOnlySpan<byte> Fill(SafeFileHandle file, out bool isLast)
    {
        if (length == bytes.Length)
        {
            // One entry is longer than the buffer.
            Grow(bytes.Length * 2);
        }

        length += FileBytes.ReadUpTo(file, bytes.AsSpan(length), start + length);
        isLast = length < bytes.Length;
        return bytes.AsSpan(0, length);
    }

    /// <summary>Reads the numbers of its entries.</summary>
    /// <exception cref="VectorFileDamage">There is something else among them.</exception>
    public void ReadNumbers()
    {
        foreach (var entry in Found)
        {
            var count = 0;
            if (entry.Unread is { } range && VectorNumbers.Read(Rest(range.Start), ref vector, out count) != range.Length - 1)
            {
                throw new VectorFileDamage("numbers that fit into single precision", range.Start);
            }

            if (numbers.Length - filled < count)
            {
                Array.Resize(ref numbers, Math.Max(numbers.Length * 2, filled + count));
            }

            vector.AsSpan(0, count).CopyTo(numbers.AsSpan(filled));
            entries.Add((entry, filled, count));
            filled += count;
        }
    }

    /// <summary>Hands its entries over.</summary>
    /// <exception cref="VectorFileDamage">An id is there twice.</exception>
    public void HandTo(IVectorFileSink sink)
    {
        foreach (var (entry, first, count) in entries)
        {
            if (!sink.Take(entry, numbers.AsSpan(first, count)))
            {
                throw new VectorFileDamage("another id: there is an entry of this id already", entry.Raw.Start);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    private void Grow(int least)
    {
        if (bytes.Length < least)
        {
            var longer = ArrayPool<byte>.Shared.Rent(least);
            bytes.AsSpan(0, length).CopyTo(longer);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = longer;
        }
    }
}
