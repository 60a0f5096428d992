using System.Text.Json;
using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>A snapshot that is open, with its index. Thread-safe.</summary>
internal sealed class VectorSnapshot : IDisposable
{
    private const int Attempts = 5;

    private VectorSnapshot(SafeFileHandle? json, FileIdentity file, SnapshotIdentity identity, VectorSidecar sidecar) =>
        (Json, File, Identity, Sidecar) = (json, file, identity, sidecar);

    /// <summary>The file; null when there is none.</summary>
    public SafeFileHandle? Json { get; }

    public FileIdentity File { get; }

    public SnapshotIdentity Identity { get; }

    public VectorSidecar Sidecar { get; }

    /// <summary>False when a program that writes in place has changed what is open: then what was read may be half old, half new.</summary>
    public bool IsUnchanged => Json is null || FileIdentity.Of(Json) == File;

    /// <summary>Opens the snapshot; a missing one is empty.</summary>
    /// <exception cref="VectorFileDamage">It is damaged.</exception>
    public static async Task<VectorSnapshot> OpenAsync(VectorPaths paths, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            SafeFileHandle json;
            try
            {
                json = FileBytes.OpenShared(paths.Snapshot, FileOptions.Asynchronous | FileOptions.SequentialScan);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return Missing();
            }

            var file = FileIdentity.Of(json);
            try
            {
                var identity = SnapshotIdentity.Of(json);
                var sidecar = (file.Length < paths.LeastIndexed ? null : VectorSidecar.Open(paths.Sidecar, file, identity))
                    ?? await SidecarFile.BuildAsync(paths, json, file, identity, cancellationToken);
                if (file == FileIdentity.Of(json) || attempt == Attempts)
                {
                    return new VectorSnapshot(json, file, identity, sidecar);
                }

                sidecar.Dispose();
            }
            catch (Exception e) when (e is VectorFileDamage or EndOfStreamException && file != FileIdentity.Of(json) && attempt < Attempts)
            {
                // The Python code writes in place: what was read was half old, half new. Read again.
            }
            catch
            {
                json.Dispose();
                throw;
            }

            json.Dispose();
        }
    }

    /// <summary>The text of an entry; null when it has none, or none that is valid Unicode (Python can write half a character).</summary>
    public string? TextOf(SidecarEntry entry)
    {
        if (entry.TextRange is not { } range)
        {
            return null;
        }

        // Looked at after reading: what has changed meanwhile is no text of this entry.
        var json = ReadJson(range);
        if (!IsUnchanged)
        {
            throw new SnapshotChanged();
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        return VectorFileParser.TextOf(ref reader);
    }

    /// <summary>Reads a stretch of the JSON.</summary>
    public byte[] ReadJson(ByteRange range)
    {
        var bytes = new byte[range.Length];
        FileBytes.ReadExactly(Json!, bytes, range.Start);
        return bytes;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Json?.Dispose();
        Sidecar.Dispose();
    }

    private static VectorSnapshot Missing()
    {
        using var output = new MemoryStream();
        new SidecarWriter(output).Finish(FileIdentity.Missing, SnapshotIdentity.None, SnapshotStructure.Empty);
        return new VectorSnapshot(null, FileIdentity.Missing, SnapshotIdentity.None, VectorSidecar.Of(output.ToArray()));
    }
}
