using System.Globalization;
using MemU.Commit;
using MemU.Contracts;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// Reads an export into a space. The file is read to its end first, so a damaged one changes nothing; then it is stored in bounded batches. Stopped
/// half-way, it is completed by importing the same file again.
/// </summary>
internal sealed class SpaceImporter(IMemoryStore store, IVectorIndex index, IBlobStore blobs, SpaceWriter writer, EmbeddingModel embedding)
{
    public async Task<TransferReport> RunAsync(
        MemoryScope scope, Stream source, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        await using var spooled = source.CanSeek ? null : await SpoolAsync(source, cancellationToken);
        var file = spooled ?? source;
        var start = file.Position;
        var known = await ExportVerifier.VerifyAsync(file, progress, cancellationToken);
        file.Position = start;

        await index.EnsureUsableAsync(scope, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var space = new ImportSpace(scope, known.Header);
        using var undertaking = await store.BeginAsync(scope, "memu import FILE", What(known.Header, scope), cancellationToken);
        try
        {
            await new ImportRun(store, index, blobs, writer, embedding, space, known, progress).RunAsync(file, cancellationToken);
        }
        catch (SpaceErasedException)
        {
            // What it had stored is erased: there is nothing that should be completed.
            undertaking.Done();
            throw;
        }

        undertaking.Done();
        return space.Tally.Report(known.Header, embedding.Name);
    }

    private static string What(ExportHeaderJson header, MemoryScope scope) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The import of the export of user '{header.UserId}', agent '{header.AgentId}' of {MemUJson.FromEpoch(header.ExportedAt):yyyy-MM-dd HH:mm:ss} UTC into the space of {scope}");

    // A stream that cannot be read twice is kept in a file of this user's until the end.
    private static async Task<FileStream> SpoolAsync(Stream source, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None),
            BufferSize = 128 * 1024,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"memu-import-{Path.GetRandomFileName()}"), options);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                // An open file needs no name: so nothing stays even if this process is killed.
                File.Delete(file.Name);
            }

            await source.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
