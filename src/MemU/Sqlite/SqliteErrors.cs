using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>Says in plain words what SQLite or the file system refused, where, and what to do.</summary>
internal static class SqliteErrors
{
    public const string Provider = "sqlite";

    public static MemoryStoreException From(string path, string operation, SqliteException exception)
    {
        var (what, remedy) = Explain(path, exception);
        return Make(path, operation, what, remedy, exception, exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED);
    }

    public static MemoryStoreException From(string path, string operation, Exception exception) => exception switch
    {
        SqliteException e => From(path, operation, e),
        InvalidDataException e => Make(path, operation, e.Message, "Embed anew with 'memu reindex --all', or restore the last backup with 'memu restore'.", e),
        UnauthorizedAccessException => Make(path, operation, "the file or its folder may not be written", "Give this user the right to write there, or choose another path.", exception),
        _ => Make(path, operation, $"the file system refused ({exception.Message})", "Check the path and the disk.", exception),
    };

    /// <summary>Runs something and reports what SQLite or the file system refuses.</summary>
    public static async Task<T> GuardAsync<T>(string path, string operation, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw From(path, operation, e);
        }
    }

    /// <summary>Runs something and reports what SQLite or the file system refuses.</summary>
    public static Task GuardAsync(string path, string operation, Func<Task> work) =>
        GuardAsync(path, operation, async () =>
        {
            await work();
            return true;
        });

    public static MemoryStoreException Make(
        string path, string operation, string what, string remedy, Exception? inner = null, bool transient = false) =>
        new($"The database '{path}' cannot be used: {what}. {remedy}", inner) { Provider = Provider, Operation = operation, IsTransient = transient };

    /// <exception cref="MemoryStoreException">A file stands where a folder on the way to the database belongs.</exception>
    public static void RefuseFileInPlaceOfFolder(string path, string operation)
    {
        if (SqliteFiles.InPlaceOfFolder(path) is { } file)
        {
            throw Make(path, operation, $"'{file}' is a file, but must be a folder", "Move the file away or choose another path.");
        }
    }

    /// <summary>True when the file itself is broken, so that only another one helps.</summary>
    public static bool IsDamage(MemoryStoreException exception) =>
        exception.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB };

    private static (string What, string Remedy) Explain(string path, SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => ("the file is not a SQLite database", "It was left as it is; move it away or choose another path."),
        raw.SQLITE_CORRUPT => ("the file is damaged", "Look at it with 'memu doctor' and restore the last backup with 'memu restore'."),
        raw.SQLITE_FULL => ("the disk is full", "Nothing was changed; make room and try again."),
        raw.SQLITE_READONLY => ("the file or its folder may only be read", "Give this user the right to write there, or choose another path."),
        raw.SQLITE_PERM or raw.SQLITE_AUTH => ("access is denied", "Give this user the right to read and write there, or choose another path."),
        raw.SQLITE_CANTOPEN when Directory.Exists(path) => ("there is a folder in its place", "Move the folder away or choose another path."),
        raw.SQLITE_CANTOPEN => ("the file cannot be opened", "Check that its folder exists and that this user may read and write there."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("other writers held it for too long", "Try again, or raise the busy timeout."),
        raw.SQLITE_IOERR => ("reading or writing failed", "Check the disk; nothing was half-written."),
        raw.SQLITE_NOMEM => ("memory ran out", "Try again with more memory."),
        raw.SQLITE_TOOBIG => ("a text or vector is too big for SQLite", "Split it."),
        _ => ($"SQLite reports error {exception.SqliteExtendedErrorCode} ({exception.Message})", "Look at it with 'memu doctor'."),
    };
}
