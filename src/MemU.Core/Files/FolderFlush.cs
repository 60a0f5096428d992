using System.Runtime.InteropServices;

namespace MemU.Files;

/// <summary>
/// Makes a rename or a removal durable: on Unix the entry of a file lives in its folder, which has to be flushed by itself. Windows does so on its own.
/// </summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;
    private const int InputOutputError = 5; // EIO, the same number on every Unix

    /// <summary>Flushes a folder to disk, where the system can.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            return;
        }

        // Some file systems cannot flush a folder and say so; the file itself was flushed all the same. A disk that fails is another matter.
        var hasFailed = Flush(handle) != 0 && Marshal.GetLastPInvokeError() == InputOutputError;
        _ = Close(handle);
        if (hasFailed)
        {
            throw new IOException($"The folder '{folder}' could not be flushed to disk: the disk reports an input/output error.");
        }
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
