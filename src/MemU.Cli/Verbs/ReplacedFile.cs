namespace MemU.Cli.Verbs;

/// <summary>
/// Writes a file beside its place and moves it there when it is complete, so that a failure leaves the old one as it was. A link stays a link; a device
/// or a pipe is written to and never replaced.
/// </summary>
internal static class ReplacedFile
{
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new ArgumentException($"'{path}' is a folder. Name a file in it.");
        }

        if (HoldsNothing(full))
        {
            return await WriteOverAsync(full, write);
        }

        full = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        var folder = Path.GetDirectoryName(full)!;
        if (File.Exists(folder))
        {
            throw new ArgumentException($"'{folder}' is a file, so nothing can be written in it. Name another place.");
        }

        Directory.CreateDirectory(folder);
        var partial = full + ".partial";
        try
        {
            var result = await WriteToAsync(new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None), write);
            File.Move(partial, full, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    // /dev/stdout, /dev/fd/63 of `--to >(gzip > x.gz)`, a named pipe: all are of length 0, as is an empty file, which has nothing to lose.
    private static bool HoldsNothing(string full) =>
        !OperatingSystem.IsWindows() && File.Exists(full) && (full.StartsWith("/dev/", StringComparison.Ordinal) || new FileInfo(full).Length == 0);

    private static Task<T> WriteOverAsync<T>(string full, Func<Stream, Task<T>> write) =>
        WriteToAsync(new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), write);

    private static async Task<T> WriteToAsync<T>(FileStream stream, Func<Stream, Task<T>> write)
    {
        await using (stream)
        {
            var result = await write(stream);
            stream.Flush(flushToDisk: true);
            return result;
        }
    }
}
