using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemU.Files;

/// <summary>
/// The lock of an open file on Linux (flock), which the runtime takes when a file is opened for one alone, and only then. It is this opening's, not the process's: two of them exclude
/// each other wherever they are, and the system gives it back when the last descriptor of it is closed.
/// </summary>
internal static class LinuxLock
{
    private const int Alone = 2;
    private const int NoWaiting = 4;
    private const int Release = 8;

    private static readonly bool IsKnown =
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc", typeof(LinuxLock).Assembly, null, out var libc) && NativeLibrary.TryGetExport(libc, "flock", out _);

    /// <summary>Takes it for this opening alone; false when somebody else has it, or when it cannot be taken.</summary>
    public static bool TryTake(SafeFileHandle file) => IsKnown && Lock(file, Alone | NoWaiting) == 0;

    /// <summary>Gives it back; false when that cannot be done.</summary>
    public static bool TryRelease(SafeFileHandle file) => IsKnown && Lock(file, Release) == 0;

    [DllImport("libc", EntryPoint = "flock")]
    private static extern int Lock(SafeFileHandle file, int operation);
}
