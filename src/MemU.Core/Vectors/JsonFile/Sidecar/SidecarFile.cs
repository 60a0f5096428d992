using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>Makes index files.</summary>
internal static class SidecarFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Reads a snapshot and makes its index: in the file beside it, or in memory when it is small or nothing can be written there.</summary>
    /// <exception cref="VectorFileDamage">The snapshot is damaged.</exception>
    public static async Task<VectorSidecar> BuildAsync(VectorPaths paths, SafeFileHandle json, FileIdentity file, SnapshotIdentity snapshot, CancellationToken cancellationToken)
    {
        if (file.Length >= paths.LeastIndexed)
        {
            try
            {
                await BuildFileAsync(paths, json, file, snapshot, cancellationToken);
                if (VectorSidecar.Open(paths.Sidecar, file, snapshot) is { } made)
                {
                    return made;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A full disk or a folder that may not be written must not keep anybody from reading.
            }
        }

        var builder = new SidecarBuilder(new RowSpool(null));
        var structure = await VectorFileScan.ReadAsync(json, builder, cancellationToken);
        using var output = new MemoryStream();
        builder.Write(output, file, snapshot, structure, cancellationToken);
        return VectorSidecar.Of(output.ToArray());
    }

    /// <summary>Writes the index of a snapshot that is about to be put in place.</summary>
    /// <returns>The temporary file; null when the snapshot is small, or when the index cannot be written: it will be made when it is needed.</returns>
    public static string? TryPrepare(VectorPaths paths, FileIdentity snapshot, Action<Stream> write)
    {
        if (snapshot.Length < paths.LeastIndexed)
        {
            return null;
        }

        try
        {
            return Prepare(paths, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(paths.Temporary), write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes what makers of indexes left that died.</summary>
    public static void RemoveLeftovers(VectorPaths paths)
    {
        foreach (var left in paths.TemporarySidecars())
        {
            try
            {
                using (new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }

                File.Delete(left);
            }
            catch (IOException)
            {
                // Somebody is writing it, or was faster.
            }
        }
    }

    private static async Task BuildFileAsync(VectorPaths paths, SafeFileHandle json, FileIdentity file, SnapshotIdentity snapshot, CancellationToken cancellationToken)
    {
        RemoveLeftovers(paths);
        UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(json);
        using var rows = Create(paths.NewTemporarySidecar(), mode, FileOptions.DeleteOnClose);
        var builder = new SidecarBuilder(new RowSpool(rows.SafeFileHandle));
        var structure = await VectorFileScan.ReadAsync(json, builder, cancellationToken);
        var made = Prepare(paths, mode, output => builder.Write(output, file, snapshot, structure, cancellationToken));
        try
        {
            File.Move(made, paths.Sidecar, overwrite: true);
        }
        catch
        {
            File.Delete(made);
            throw;
        }
    }

    private static string Prepare(VectorPaths paths, UnixFileMode? mode, Action<Stream> write)
    {
        var temporary = paths.NewTemporarySidecar();
        try
        {
            using (var stream = Create(temporary, mode, FileOptions.None))
            {
                write(stream);
            }

            return temporary;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream Create(string path, UnixFileMode? mode, FileOptions options)
    {
        var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = BufferSize, Options = options });
        if (mode is { } permissions && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stream.SafeFileHandle, permissions);
        }

        return stream;
    }
}
