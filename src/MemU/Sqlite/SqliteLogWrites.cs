using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>
/// Lets a commit write to the log what belongs together in one call: SQLite makes two for each page (https://www.sqlite.org/fileformat2.html#the_write_ahead_log),
/// which cost more than the bytes. While COMMIT runs, its writes to the log are gathered, and handed on before the one returns that ends the commit: until then
/// nobody else may read them, and whether they failed SQLite is told in time. What a commit itself reads from the log before it ends (it moves pages when the file gives
/// free ones back) is handed on first. All else passes as it comes. For one commit at a time.
/// </summary>
internal sealed class SqliteLogWrites
{
    private const int JournalPointer = 28;

    // SQLite writes fewer than 128 KiB at once.
    private const int MostBytes = 64 * 1024;

    // Of a frame: before each page its number, the length of the database if it is the last one of a commit, two salts, two checksums.
    private const int FrameHeader = SqliteLogFrame.HeaderLength;
    private const int CommitPlace = 4;

    // Of sqlite3_io_methods, in pointers: the length of the version that files have (journals in memory have an older one), which one reads and which one writes.
    private const int Version = 3;
    private const int Methods = 19;
    private const int ReadPlace = 2;
    private const int WritePlace = 3;

    private readonly byte[] gathered = GC.AllocateUninitializedArray<byte>(MostBytes, pinned: true);
    private readonly nint[] methods = GC.AllocateArray<nint>(Methods, pinned: true);
    private readonly Method ourRead;
    private readonly Method ourWrite;
    private nint theirs;
    private Method? read;
    private Method? write;
    private long start;
    private int length;
    private SqliteLogFrame last;
    private bool isLast;
    private bool isOver;

    public SqliteLogWrites() => (ourRead, ourWrite) = (Read, Gather);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Method(nint file, nint bytes, int count, long place);

    /// <summary>Runs the end of a transaction.</summary>
    /// <returns>The frame with which it ended the log, where that is known.</returns>
    public async Task<SqliteLogFrame?> RunAsync(SqliteConnection connection, Func<Task> commit)
    {
        if (Begin(connection) is not (var file and not 0))
        {
            await commit();
            return null;
        }

        try
        {
            await commit();
            return isLast && isOver ? last : null;
        }
        finally
        {
            // What did not come as far as the end of its commit is no part of the log.
            length = 0;
            if (Marshal.ReadIntPtr(file) == Address(methods))
            {
                Marshal.WriteIntPtr(file, theirs);
            }
        }
    }

    private static nint Address<T>(T[] pinned) => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private nint Begin(SqliteConnection connection)
    {
        // Only the SQLite that comes along is known to look like this, and only there this was tried.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || raw.GetNativeLibraryName() != SqliteLibrary.Name
            || SqliteLibrary.FileControl(connection.Handle!, 0, JournalPointer, out var file) != raw.SQLITE_OK || file == 0
            || Marshal.ReadIntPtr(file) is not (var now and not 0))
        {
            return 0;
        }

        if (now != theirs)
        {
            if (Marshal.ReadInt32(now) != Version)
            {
                return 0;
            }

            Marshal.Copy(now, methods, 0, Methods);
            read = Marshal.GetDelegateForFunctionPointer<Method>(methods[ReadPlace]);
            write = Marshal.GetDelegateForFunctionPointer<Method>(methods[WritePlace]);
            methods[ReadPlace] = Marshal.GetFunctionPointerForDelegate(ourRead);
            methods[WritePlace] = Marshal.GetFunctionPointerForDelegate(ourWrite);
            theirs = now;
        }

        (length, isLast, isOver) = (0, false, false);
        Marshal.WriteIntPtr(file, Address(methods));
        return file;
    }

    private int Read(nint file, nint bytes, int count, long place) =>
        length > 0 && HandOn(file) is not raw.SQLITE_OK and var failure ? failure : read!(file, bytes, count, place);

    private int Gather(nint file, nint bytes, int count, long place)
    {
        if (isOver)
        {
            return write!(file, bytes, count, place);
        }

        // SQLite may go back to pages that it had to write before the commit: those and what is too long go by themselves.
        var isHeader = count == FrameHeader;
        if (length > 0 && (place != start + length || count > MostBytes - length) && HandOn(file) is not raw.SQLITE_OK and var failure)
        {
            return failure;
        }

        if (length == 0 && !isHeader)
        {
            isOver = isLast;
            return write!(file, bytes, count, place);
        }

        if (length == 0)
        {
            start = place;
        }

        Marshal.Copy(bytes, gathered, length, count);
        if (isHeader)
        {
            isLast = BinaryPrimitives.ReadInt32BigEndian(gathered.AsSpan(length + CommitPlace)) != 0;
            last = SqliteLogFrame.OfHeader(gathered.AsSpan(length, count));
        }

        length += count;
        if (isHeader || !isLast)
        {
            return raw.SQLITE_OK;
        }

        isOver = true;
        return HandOn(file);
    }

    private int HandOn(nint file)
    {
        var result = write!(file, Address(gathered), length, start);
        length = 0;
        isOver |= result != raw.SQLITE_OK;
        return result;
    }
}
