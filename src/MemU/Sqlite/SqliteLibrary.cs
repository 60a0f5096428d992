using System.Runtime.InteropServices;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>A function of SQLite's that its bindings leave out.</summary>
internal static class SqliteLibrary
{
    /// <summary>The one that comes along with the bindings.</summary>
    public const string Name = "e_sqlite3";

    /// <summary>Asks for the structure of a file that a connection has open (https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html).</summary>
    [DllImport(Name, EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl)]
    public static extern int FileControl(sqlite3 database, nint name, int operation, out nint file);
}
