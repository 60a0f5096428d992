using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>
/// The head of the index of the write-ahead log: 48 bytes, kept twice, which change with every commit of any process, and which SQLite itself compares before it
/// reads (https://www.sqlite.org/walformat.html#the_wal_index_header). They are read where SQLite has mapped them: opening the file a second time would, when it is
/// closed, drop the locks that this process holds on it. Not thread-safe.
/// </summary>
internal sealed class SqliteLogIndex
{
    private const int FilePointer = 7;
    private const int RegionLength = 32 * 1024;

    // Of sqlite3_io_methods, in pointers: the version and twelve methods come before.
    private const int ShmMapPlace = 13;
    private const int LeastMethods = 2;

    // The head: its version and, after twelve bytes, whether it was made.
    private const int Length = 48;
    private const int Version = 3007000;
    private const int MadePlace = 12;

    private static long last;

    // Held, so that nobody closes it who only lost it: SQLite would take the memory back.
    private readonly SqliteConnection connection;
    private readonly nint address;
    private readonly long[] seen = new long[Length / sizeof(long)];
    private long moment;

    private SqliteLogIndex(SqliteConnection connection, nint address) => (this.connection, this.address) = (connection, address);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ShmMap(nint file, int region, int length, int extend, out nint address);

    /// <summary>
    /// The one that an idle connection uses; null when it has none or it cannot be looked at. May be used until the connection is closed, for so long SQLite keeps
    /// the memory as it is.
    /// </summary>
    public static SqliteLogIndex? Of(SqliteConnection connection)
    {
        // Only the SQLite that comes along is known to look like this, and only there this was tried.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || raw.GetNativeLibraryName() != SqliteLibrary.Name || connection.Text("PRAGMA journal_mode") != "wal"
            || SqliteLibrary.FileControl(connection.Handle!, 0, FilePointer, out var file) != raw.SQLITE_OK || file == 0)
        {
            return null;
        }

        var methods = Marshal.ReadIntPtr(file);
        if (methods == 0 || Marshal.ReadInt32(methods) < LeastMethods || Marshal.ReadIntPtr(methods, ShmMapPlace * IntPtr.Size) is not (var map and not 0))
        {
            return null;
        }

        // It is mapped already: this only tells where.
        return Marshal.GetDelegateForFunctionPointer<ShmMap>(map)(file, 0, RegionLength, extend: 0, out var address) == raw.SQLITE_OK && address != 0
            ? new SqliteLogIndex(connection, address)
            : null;
    }

    /// <summary>
    /// A number that was never given before anything was committed last. Null while the head is being written, or was left half written: then only SQLite can tell.
    /// </summary>
    public long? Moment() => Moment(null);

    /// <summary>The same if this is the frame with which the last commit ended; null when somebody has committed since.</summary>
    public long? MomentOf(SqliteLogFrame frame) => Moment(frame);

    private long? Moment(SqliteLogFrame? frame)
    {
        Span<long> head = stackalloc long[Length / sizeof(long)];
        Span<long> copy = stackalloc long[Length / sizeof(long)];

        // A writer begins with the second one, and a reader with the first, as SQLite's readers do.
        Read(0, head);
        Interlocked.MemoryBarrier();
        Read(Length, copy);
        GC.KeepAlive(connection);
        if (!head.SequenceEqual(copy) || (frame is { } wanted && SqliteLogFrame.OfHead(MemoryMarshal.AsBytes(head)) != wanted))
        {
            return null;
        }

        if (moment == 0 || !head.SequenceEqual(seen))
        {
            var bytes = MemoryMarshal.AsBytes(head);
            if (MemoryMarshal.Read<int>(bytes) != Version || bytes[MadePlace] == 0)
            {
                return null;
            }

            head.CopyTo(seen);
            moment = Interlocked.Increment(ref last);
        }

        return moment;
    }

    private void Read(int start, Span<long> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Marshal.ReadInt64(address, start + (i * sizeof(long)));
        }
    }
}
