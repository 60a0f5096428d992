using System.Security.Cryptography;
using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>
/// Reads an export from its first line to its last before anything of it is stored. Lines are looked at by themselves on several processors, how they follow each other in
/// their order: the first line of the file that is wrong is the one that is told of.
/// </summary>
internal sealed class ExportVerifier
{
    private const int ReportEvery = 1000;
    private ExportHeaderJson? header;
    private bool ended;
    private long records;
    private string? blobOf;
    private long blobOffset;
    private IncrementalHash? blobHash;

    private ExportVerifier()
    {
    }

    /// <summary>What is to be known of it when it is stored.</summary>
    /// <exception cref="MemUException">The file is no export, is damaged, is cut off, or was written by a newer version.</exception>
    public static async Task<CheckedExport> VerifyAsync(Stream stream, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var verifier = new ExportVerifier();
        try
        {
            var last = 0L;
            List<uint> checksums = [];
            await foreach (var chunk in ExportChunks.WorkAsync(stream, CheckedChunk.Of, cancellationToken))
            {
                checksums.Add(chunk.Checksum);
                foreach (var line in chunk.Lines)
                {
                    last = line.Number;
                    verifier.Read(line);
                    if (verifier.records % ReportEvery == 0)
                    {
                        progress?.Report(new MaintenanceProgress("verify", verifier.records));
                    }
                }
            }

            return verifier.header is null
                ? throw new MemUException("The file is empty: it is no export of MemU.")
                : verifier.ended
                    ? new CheckedExport(verifier.header, verifier.records, checksums)
                    : throw new MemUException($"The export is cut off after line {last}: its end line is missing. Nothing was imported. Export again, or use another copy of the file.");
        }
        finally
        {
            verifier.blobHash?.Dispose();
        }
    }

    private void Read(CheckedLine line)
    {
        if (line.Type is null)
        {
            throw line.Fault!;
        }

        if (header is null)
        {
            header = Header(line);
        }
        else if (ended)
        {
            throw line.Damaged("it follows the end line");
        }
        else if (line.Type == RecordTypes.End)
        {
            EndBlob(line);
            var written = ((ExportEndJson)line.Get()!).Records;
            ended = written == records ? true : throw line.Damaged($"{written} records were written but {records} are there");
        }
        else
        {
            records++;
            var record = line.Type == RecordTypes.Header ? throw line.Damaged("it is a second header") : line.Get();
            if (record is BlobJson blob)
            {
                Blob(line, blob);
            }
            else
            {
                EndBlob(line);
                blobOf = (record as ResourceJson)?.Id;
            }
        }
    }

    private static ExportHeaderJson Header(CheckedLine line)
    {
        if (line.Type != RecordTypes.Header)
        {
            throw new MemUException("The file does not begin with the header of an export: it is no export of MemU.");
        }

        var header = (ExportHeaderJson)line.Get()!;
        if (header.Format != ExportHeaderJson.FormatName)
        {
            throw new MemUException($"The file's format is not '{ExportHeaderJson.FormatName}': it is no export of MemU.");
        }

        return header.Version is >= 1 and <= ExportHeaderJson.CurrentVersion
            ? header
            : throw new MemUException(
                $"The export has version {header.Version}; this MemU reads versions up to {ExportHeaderJson.CurrentVersion}. Update MemU, or export with this version.");
    }

    private void Blob(CheckedLine line, BlobJson blob)
    {
        if (blob.Offset == 0 && blobHash is null && blob.ResourceId == blobOf)
        {
            blobHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            blobOffset = 0;
        }

        if (blobHash is null || blob.ResourceId != blobOf || blob.Offset != blobOffset)
        {
            throw line.Damaged("these bytes do not continue the ones before, or their resource is not the one before");
        }

        blobHash.AppendData(blob.Data);
        blobOffset += blob.Data.Length;
        if (!blob.Last)
        {
            return;
        }

        if (Convert.ToHexStringLower(blobHash.GetHashAndReset()) != blob.Sha256)
        {
            throw line.Damaged("the bytes of the source do not have their checksum");
        }

        blobHash.Dispose();
        blobHash = null;
        blobOf = null;
    }

    private void EndBlob(CheckedLine line)
    {
        if (blobHash is not null)
        {
            throw line.Damaged("the bytes of the source before it are incomplete");
        }
    }
}
