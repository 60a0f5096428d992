using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemU.Files;

/// <summary>
/// The number that a file begins with, read and written where the system has mapped the file into memory: all processes of this machine that map it see the same,
/// and none has to call the system for it. Only on Linux and with 64 bits. The file must not be cut shorter as long as it is mapped: reading would then end the
/// process, as it would with the index of SQLite's log. Thread-safe for reading; of writers there must be one at a time.
/// </summary>
internal sealed class SharedNumber
{
    /// <summary>How many bytes of the file it takes.</summary>
    public const int Length = sizeof(long);

    private const int ForBoth = 2;
    private const int ClosedOnExec = 0x80000;
    private const int MayRead = 1;
    private const int MayWrite = 2;
    private const int Shared = 1;

    private readonly nint address;

    private SharedNumber(nint address) => this.address = address;

    // Given back when nobody reads there any more, and not before: a reader of memory that is gone would end the process.
    ~SharedNumber() => _ = Unmap(address, Length);

    /// <summary>What it is now. What is read after it is at least as new as what was done before it was written.</summary>
    public long Value
    {
        get
        {
            var value = Marshal.ReadInt64(address);
            Interlocked.MemoryBarrier();
            GC.KeepAlive(this);
            return value;
        }
    }

    /// <summary>To be read, of the file at a path, which must be one that may be written; null when there is none of this length, or when it cannot be mapped.</summary>
    public static SharedNumber? TryOpen(string path)
    {
        if (!IsKnown)
        {
            return null;
        }

        // The runtime would lock what it opens, and the file may be somebody's lock. Opened as if to be written: in layers of folders (overlayfs, as in containers) a
        // reader would else go on with the lower file when the first writer gets a copy of it.
        using var file = new SafeFileHandle(Open(path, ForBoth | ClosedOnExec), ownsHandle: true);
        return file.IsInvalid ? null : TryMap(file, MayRead);
    }

    /// <summary>To be written, of an open file, which begins with a one if it is too short; null when it cannot be mapped, or when there is no room for it on the disk.</summary>
    public static SharedNumber? TryMake(SafeFileHandle file)
    {
        if (!IsKnown)
        {
            return null;
        }

        try
        {
            if (RandomAccess.GetLength(file) < Length)
            {
                // Written and not only made longer: if there is no room, that must not come out when the memory is touched.
                RandomAccess.Write(file, BitConverter.GetBytes(1L), 0);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever is here may be about to make room. Nobody reads a number of a file that is too short.
            return null;
        }

        return TryMap(file, MayRead | MayWrite);
    }

    /// <summary>Writes it, after everything that was done before.</summary>
    public void Write(long value)
    {
        Interlocked.MemoryBarrier();
        Marshal.WriteInt64(address, value);
        GC.KeepAlive(this);
    }

    private static bool IsKnown { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    private static SharedNumber? TryMap(SafeFileHandle file, int protection) =>
        LinuxStatus.TryLook(file, out var status) && status.IsFile && status.Length >= Length && Map(0, Length, protection, Shared, file, 0) is var address and not -1
            ? new SharedNumber(address)
            : null;

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern nint Map(nint wanted, nint length, int protection, int flags, SafeFileHandle file, nint offset);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nint length);
}
