using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace MemU.Maintenance;

/// <summary>
/// Reads an export chunk by chunk and has several worked on at once, so that every processor takes part. What is in memory is bounded: one chunk for each of them and
/// one that is read, of which none but the last is large.
/// </summary>
internal sealed class ExportChunks
{
    // Small enough for several to stay in a processor's cache; as large as the lines of the bytes of a source where there are some.
    private const int Least = 256 << 10;
    private const int Large = 1 << 20;
    private const int MaxLine = 512 << 20;

    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly ConcurrentBag<byte[]> free = [];
    private int usual = Least;

    private ExportChunks()
    {
    }

    /// <summary>What the work makes of each chunk, in the order of the file.</summary>
    /// <param name="stream">Read to its end; nothing reads it any more when the enumeration is over.</param>
    /// <param name="work">Runs at several chunks at once; what it throws comes up where the chunk would.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="MemUException">A line is longer than 512 MiB.</exception>
    public static async IAsyncEnumerable<T> WorkAsync<T>(Stream stream, Func<ExportChunk, T> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = new ExportChunks();
        var working = new Queue<Task<T>>();
        try
        {
            ExceptionDispatchInfo? unread = null;
            await using var reading = chunks.ReadAsync(stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await reading.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    // What stands before it comes first.
                    unread = ExceptionDispatchInfo.Capture(e);
                    break;
                }

                var (chunk, buffer) = reading.Current;
                working.Enqueue(Task.Run(() => chunks.Work(chunk, buffer, work), CancellationToken.None));
                while (working.Count >= (buffer.Length > Large ? 1 : AtOnce))
                {
                    yield return await working.Dequeue();
                }
            }

            while (working.TryDequeue(out var first))
            {
                yield return await first;
            }

            unread?.Throw();
        }
        finally
        {
            // Of what failed the first in the file is what the caller hears of.
            await ((Task)Task.WhenAll(working)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private T Work<T>(ExportChunk chunk, byte[] buffer, Func<ExportChunk, T> work)
    {
        try
        {
            return work(chunk);
        }
        finally
        {
            if (buffer.Length <= Large)
            {
                free.Add(buffer);
            }
        }
    }

    private async IAsyncEnumerable<(ExportChunk Chunk, byte[] Buffer)> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (buffer, kept, number, line) = (Take(0), 0, 0, 1L);
        while (true)
        {
            // Filled to its end: where a chunk ends depends on the bytes alone.
            var length = kept + await stream.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken);
            var isLast = length < buffer.Length;
            var whole = isLast ? length : buffer.AsSpan().LastIndexOf((byte)'\n') + 1;
            if (whole == 0 && !isLast)
            {
                kept = length;
                Array.Resize(ref buffer, buffer.Length < MaxLine ? buffer.Length * 2 : throw TooLong());
                usual = Math.Max(usual, Math.Min(buffer.Length, Large));
                continue;
            }

            kept = length - whole;
            var next = Take(kept);
            buffer.AsSpan(whole, kept).CopyTo(next);
            if (whole > 0)
            {
                var chunk = new ExportChunk(number++, line, buffer.AsMemory(0, whole));
                line += chunk.Bytes.Span.Count((byte)'\n');
                yield return (chunk, buffer);
            }

            if (isLast)
            {
                yield break;
            }

            buffer = next;
        }
    }

    /// <summary>A buffer that is larger than this.</summary>
    private byte[] Take(int length)
    {
        var size = usual;
        while (size <= length)
        {
            size *= 2;
        }

        while (size == usual && free.TryTake(out var buffer))
        {
            if (buffer.Length == size)
            {
                return buffer;
            }
        }

        return new byte[size];
    }

    private static MemUException TooLong() => new($"A line of the export is longer than {MaxLine >> 20} MiB. This is no export of MemU.");
}
