using System.Runtime.CompilerServices;
using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>
/// Reads a verified file batch by batch, one ahead of the one that is being stored: while one processor stores, another reads. Two batches are in memory.
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
    /// <param name="cancellationToken">Cancels.</param>
    public static async IAsyncEnumerable<ImportBatch> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = ReadInTurnAsync(file, cancellationToken).GetAsyncEnumerator(cancellationToken);
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
            await Task.WhenAny(next);
            await batches.DisposeAsync();
        }

        Task<bool> MoveAsync() => Task.Run(() => batches.MoveNextAsync().AsTask(), CancellationToken.None);
    }

    private static async IAsyncEnumerable<ImportBatch> ReadInTurnAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ImportBatch? batch = null;
        await foreach (var line in ExportLine.ReadAsync(file, wasChecked: true, cancellationToken))
        {
            if (line.Type is RecordTypes.Header or RecordTypes.End)
            {
                continue;
            }

            var record = ExportRecords.Read(line);
            if (batch is not null && record is not BlobJson && IsFull(batch, line.Type))
            {
                yield return batch;
                batch = null;
            }

            batch ??= new ImportBatch(line.Type);
            batch.Add(line, record);
        }

        if (batch is not null)
        {
            yield return batch;
        }
    }

    // The vectors of its records follow them: it ends before the next record, best where the vectors of all are there, or when more follow than it can have.
    private static bool IsFull(ImportBatch batch, string next) =>
        !batch.Takes(next) || (next == batch.Type
            ? HasPart(batch, 1) || (batch.EndsWithVector && HasPart(batch, 4))
            : batch.VectorBytes >= VectorBytes || batch.Vectors.Count >= BatchRecords);

    private static bool HasPart(ImportBatch batch, int part) => batch.Bytes >= BatchBytes / part || batch.Records.Count >= BatchRecords / part;
}
