using Microsoft.Win32.SafeHandles;

namespace MemU.Files;

/// <summary>Reads stretches of files whole.</summary>
internal static class FileBytes
{
    /// <summary>Opens a file that others may write, replace and remove meanwhile.</summary>
    public static SafeFileHandle OpenShared(string path, FileOptions options = FileOptions.None) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, options);

    /// <summary>Reads exactly as many bytes as there is room for.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static void ReadExactly(SafeFileHandle file, Span<byte> bytes, long position)
    {
        if (ReadUpTo(file, bytes, position) < bytes.Length)
        {
            throw new EndOfStreamException("The file is shorter than it was.");
        }
    }

    /// <summary>Reads as many bytes as there are, and room for.</summary>
    public static int ReadUpTo(SafeFileHandle file, Span<byte> bytes, long position)
    {
        var done = 0;
        while (done < bytes.Length)
        {
            var read = RandomAccess.Read(file, bytes[done..], position + done);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }
}
