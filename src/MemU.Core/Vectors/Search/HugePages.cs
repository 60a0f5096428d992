using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemU.Vectors;

/// <summary>
/// Large pages of memory: reading a hundred megabytes by pages of 4 KiB, a processor looks up more addresses than it can remember, which costs about a tenth
/// of the time. Only Linux is asked, and where it does not give them reading is slower and nothing else.
/// </summary>
internal static class HugePages
{
    private const int Advice = 14;

    /// <summary>Asks for them under a new array, which is large enough not to be moved.</summary>
    public static void AskFor<T>(T[] array)
        where T : unmanaged
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var page = (nint)Environment.SystemPageSize;
        var start = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        var first = (start + page - 1) / page * page;
        var length = ((start + (array.Length * (nint)Unsafe.SizeOf<T>())) / page * page) - first;
        if (length > 0)
        {
            // The answer does not matter.
            _ = Madvise(first, length, Advice);
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Madvise(nint address, nint length, int advice);
}
