using System.Runtime.CompilerServices;
using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>
/// Reads a checked file again, batch by batch, one ahead of the one that is being stored: while one processor stores, another reads. Three batches are in memory (of the one
/// before, the vectors may still be delivered), and the few chunks of the file that are read next.
/// </summary>
internal static class ImportReader
{
    private const long BatchBytes = 8 << 20;

    // Those of 500 vectors of 12,000 numbers.
    private const long VectorBytes = 32 << 20;

    // What is lost when a process is killed, and embedded again, is no more than this; while a source is stored a note of its bytes is held open.
    private const int BatchRecords = 500;

    /// <summary>The batches in the order of the file.</summary>
    /// <param name="file">At its beginning; nothing reads it any more when the enumeration is over.</param>
    /// <param name="known">What it was when it was checked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="MemUException">It is no longer what it was: no batch that comes before this holds what has changed.</exception>
    public static async IAsyncEnumerable<ImportBatch> ReadAsync(Stream file, CheckedExport known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = ReadInTurnAsync(file, known, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = MoveAsync();
        try
        {
            while (await next)
            {
                var batch = batches.Current;
                next = MoveAsync();
                yield return batch;
            }
        }
        finally
        {
            // If storing failed, that is what the caller hears of.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await batches.DisposeAsync();
        }

        Task<bool> MoveAsync() => Task.Run(() => batches.MoveNextAsync().AsTask(), CancellationToken.None);
    }

    private static async IAsyncEnumerable<ImportBatch> ReadInTurnAsync(Stream file, CheckedExport known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ImportBatch? batch = null;
        var (chunks, last) = (0, 0L);
        await foreach (var lines in ExportChunks.WorkAsync(file, chunk => Read(chunk, known), cancellationToken))
        {
            chunks++;
            foreach (var (number, type, record, bytes) in lines)
            {
                last = number;
                if (type is RecordTypes.Header or RecordTypes.End)
                {
                    continue;
                }

                if (batch is not null && record is not BlobJson && IsFull(batch, type))
                {
                    yield return batch;
                    batch = null;
                }

                batch ??= new ImportBatch(type);
                batch.Add(record, bytes);
            }
        }

        if (chunks < known.Checksums.Count)
        {
            throw CheckedExport.Changed(last + 1);
        }

        if (batch is not null)
        {
            yield return batch;
        }
    }

    private static List<(long Number, string Type, object? Record, int Bytes)> Read(ExportChunk chunk, CheckedExport known)
    {
        known.Expect(chunk);
        List<(long Number, string Type, object? Record, int Bytes)> lines = [];
        string? model = null;
        foreach (var (number, json) in chunk.Lines())
        {
            // What its numbers are was checked: these are the same bytes.
            if (VectorLine.TryOf(json.Span, out var vector) && vector.Read(ref model) is { } record)
            {
                lines.Add((number, RecordTypes.Vector, record, json.Length));
            }
            else
            {
                var line = ExportLine.Of(number, json);
                lines.Add((number, line.Type, ExportRecords.Read(line), json.Length));
            }
        }

        return lines;
    }

    // The vectors of its records follow them: it ends before the next record, best where the vectors of all are there, or when more follow than it can have.
    private static bool IsFull(ImportBatch batch, string next) =>
        !batch.Takes(next) || (next == batch.Type
            ? HasPart(batch, 1) || (batch.EndsWithVector && HasPart(batch, 4))
            : batch.VectorBytes >= VectorBytes || batch.Vectors.Count >= BatchRecords);

    private static bool HasPart(ImportBatch batch, int part) => batch.Bytes >= BatchBytes / part || batch.Records.Count >= BatchRecords / part;
}
