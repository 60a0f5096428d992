using Microsoft.Win32.SafeHandles;

namespace MemU.Files;

/// <summary>
/// Tells one state of a file from another by length and time of writing. Whoever replaces a file under its lock gives it a later time than the
/// one before had (<see cref="After"/>), so two states never look alike, however quickly they follow.
/// </summary>
internal readonly record struct FileIdentity(bool Exists, long Length, DateTime Written)
{
    private static readonly TimeSpan[] Steps = [TimeSpan.FromMicroseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2)];

    /// <summary>No file.</summary>
    public static FileIdentity Missing => default;

    /// <summary>The state of what is at a path now.</summary>
    /// <exception cref="IOException">The path cannot be looked at, or is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder above it may not be entered.</exception>
    public static FileIdentity At(string path)
    {
        switch (LinuxStatus.TryLook(path, followsLink: false, out var status))
        {
            case true when status.IsFile:
                return new FileIdentity(true, status.Length, status.Written);
            case false:
                return Missing;
        }

        // One look at the file. FileInfo.Exists would take a folder that may not be entered for a missing file.
        var info = new FileInfo(path);
        var attributes = info.Attributes;
        if ((int)attributes == -1)
        {
            return Missing;
        }

        return attributes.HasFlag(FileAttributes.Directory)
            ? throw new IOException($"'{path}' is a folder, not a file.")
            : new FileIdentity(true, info.Length, info.LastWriteTimeUtc);
    }

    /// <summary>The state of an open file.</summary>
    public static FileIdentity Of(SafeFileHandle file) => LinuxStatus.TryLook(file, out var status)
        ? new FileIdentity(true, status.Length, status.Written)
        : new FileIdentity(true, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    /// <summary>Gives a file that is about to replace another a later time than that one has.</summary>
    public static void After(FileIdentity before, SafeFileHandle file)
    {
        // A file system may keep whole seconds only: then a greater step is needed.
        foreach (var step in Steps)
        {
            if (!before.Exists || File.GetLastWriteTimeUtc(file) > before.Written)
            {
                return;
            }

            File.SetLastWriteTimeUtc(file, before.Written + step);
        }
    }
}
