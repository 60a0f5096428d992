namespace MemU.Files;

/// <summary>Writes a file so that a crash, a full disk or a cancelled call leaves either the old file or the whole new one.</summary>
internal static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes into the temporary file, flushes it to disk, and puts it in the place of the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="temporary">A file in the same folder that nobody else uses; what it holds is lost.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Cancels until the file is put into place; nothing is left behind.</param>
    public static async Task WriteAsync(string path, string temporary, Func<FileStream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = BufferSize, Options = FileOptions.Asynchronous };
            await using (var stream = new FileStream(temporary, options))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(path))
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
                }

                await write(stream, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }

        FolderFlush.Run(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes a temporary file on the way out of an error that matters more.</summary>
    private static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The caller learns of the first error; a temporary file that stays is found by the check and overwritten by the next write.
        }
    }
}
