using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MemU.Files;

/// <summary>
/// What Linux tells of a file or a folder in one look (statx). The runtime asks the same, but with so much around it that a question to vectors, which begins with
/// such looks, would wait for them half as long again.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct LinuxStatus
{
    private const int NoLinks = 0x100;
    private const int Itself = 0x1000;
    private const int Current = -100;
    private const uint Wanted = 0x7FF;
    private const int NoEntry = 2;
    private const int NoFolder = 20;
    private const int LongestPath = 512;
    private const int TypeMask = 0xF000;

    // An older system does not know the call.
    private static readonly bool IsKnown =
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc", typeof(LinuxStatus).Assembly, null, out var libc) && NativeLibrary.TryGetExport(libc, "statx", out _);

    [FieldOffset(28)]
    private readonly ushort mode;

    [FieldOffset(32)]
    private readonly ulong number;

    [FieldOffset(40)]
    private readonly ulong size;

    [FieldOffset(96)]
    private readonly Time changed;

    [FieldOffset(112)]
    private readonly Time written;

    [FieldOffset(136)]
    private readonly ulong device;

    /// <summary>True for a file, which is neither a folder nor a link nor anything else.</summary>
    public bool IsFile => (mode & TypeMask) == 0x8000;

    /// <summary>True for a folder.</summary>
    public bool IsFolder => (mode & TypeMask) == 0x4000;

    /// <summary>In bytes.</summary>
    public long Length => (long)size;

    /// <summary>When the content was last written.</summary>
    public DateTime Written => written.Utc;

    /// <summary>When anything of it was last changed; nobody can set this time.</summary>
    public DateTime Changed => changed.Utc;

    /// <summary>What tells it from any other file or folder that is there at the same time.</summary>
    public (ulong Device, ulong Number) Identity => (device, number);

    /// <summary>Looks at a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followsLink">Whether what a link leads to is meant, not the link.</param>
    /// <param name="status">What is there.</param>
    /// <returns>True when something is there, false when nothing is, null when it could not be told: then the runtime can say why.</returns>
    public static bool? TryLook(string path, bool followsLink, out LinuxStatus status)
    {
        status = default;
        Span<byte> bytes = stackalloc byte[LongestPath];
        if (!IsKnown || path.Contains('\0', StringComparison.Ordinal) || !Encoding.UTF8.TryGetBytes(path, bytes[..^1], out var length))
        {
            return null;
        }

        bytes[length] = 0;
        if (StatX(Current, ref MemoryMarshal.GetReference(bytes), followsLink ? 0 : NoLinks, Wanted, out status) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() is NoEntry or NoFolder ? false : null;
    }

    /// <summary>Looks at an open file; false when it could not be told.</summary>
    public static bool TryLook(SafeFileHandle file, out LinuxStatus status)
    {
        status = default;
        var nothing = (byte)0;
        return IsKnown && StatX(file, ref nothing, Itself, Wanted, out status) == 0;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatX(SafeFileHandle file, ref byte path, int flags, uint wanted, out LinuxStatus status);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatX(int folder, ref byte path, int flags, uint wanted, out LinuxStatus status);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        private readonly long seconds;
        private readonly uint nanoseconds;
        private readonly int padding;

        public DateTime Utc => DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanoseconds / TimeSpan.NanosecondsPerTick));
    }
}
