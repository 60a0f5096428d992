using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>
/// Copies a whole database with SQLite's online backup: the copy is one moment's state, log included, while others read and write; the
/// destination changes in one transaction, also while other processes have it open.
/// </summary>
internal static class SqliteCopy
{
    private const int PagesAtOnce = 1024;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(
        SqliteConnection source, SqliteConnection destination, IProgress<long>? bytesCopied, TimeSpan busyTimeout, CancellationToken cancellationToken)
    {
        // Reading inside a transaction keeps the moment: without it every commit of another process would start the copy anew.
        using var moment = source.BeginTransaction(deferred: true);
        source.Number("SELECT COUNT(*) FROM sqlite_master");
        var pageSize = source.Number("PRAGMA page_size");
        using var backup = raw.sqlite3_backup_init(destination.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(destination.Handle), destination.Handle);
        }

        var waiting = Stopwatch.StartNew();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = raw.sqlite3_backup_step(backup, PagesAtOnce);
            bytesCopied?.Report((raw.sqlite3_backup_pagecount(backup) - raw.sqlite3_backup_remaining(backup)) * pageSize);
            switch (result)
            {
                case raw.SQLITE_DONE:
                    return;
                case raw.SQLITE_OK:
                    waiting.Restart();
                    break;
                case raw.SQLITE_BUSY or raw.SQLITE_LOCKED when waiting.Elapsed < busyTimeout:
                    // The lock is another process's, so the pause is in real time whatever clock the host has.
                    await Task.Delay(BusyPause, TimeProvider.System, cancellationToken);
                    break;
                default:
                    throw new SqliteException($"SQLite Error {result}: the copy failed.", result & 0xFF, result);
            }
        }
    }
}
