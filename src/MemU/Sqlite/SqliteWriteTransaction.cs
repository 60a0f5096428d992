using System.Data;
using System.Data.Common;
using System.Diagnostics;
using MemU.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>A transaction that holds SQLite's write lock, begun and ended by statements that the channel keeps prepared.</summary>
internal sealed class SqliteWriteTransaction(SqlChannel channel, SqliteLogWrites log, Action? ended) : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    /// <summary>The frame with which the commit ended the log; null before it, and where that is not known.</summary>
    public SqliteLogFrame? LastFrame { get; private set; }

    protected override DbConnection DbConnection => channel.Connection;

    private bool IsOpen => raw.sqlite3_get_autocommit(((SqliteConnection)channel.Connection).Handle) == 0;

    /// <summary>Asks for the lock once, for as long as the connection waits.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="log">Writes what is committed to the log.</param>
    /// <param name="ended">What to do when it is over.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="SqliteException">Somebody else has it, or the database cannot be written.</exception>
    public static async Task<SqliteWriteTransaction> BeginAsync(SqlChannel channel, SqliteLogWrites log, Action? ended, CancellationToken cancellationToken)
    {
        await RunAsync(channel, "BEGIN IMMEDIATE", cancellationToken);
        return new SqliteWriteTransaction(channel, log, ended);
    }

    public override void Commit() => CommitAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Where there is no write-ahead log, readers hold a commit up: it is tried again for as long as the connection waits.</summary>
    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        var patience = TimeSpan.FromSeconds(((SqliteConnection)channel.Connection).DefaultTimeout);
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                LastFrame = await log.RunAsync((SqliteConnection)channel.Connection, () => RunAsync(channel, "COMMIT", cancellationToken));
                return;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY && IsOpen && Stopwatch.GetElapsedTime(start) < patience)
            {
                await Task.Yield();
            }
        }
    }

    public override void Rollback() => RunAsync(channel, "ROLLBACK", CancellationToken.None).GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        // SQLite itself rolls back after some failures.
        if (disposing && IsOpen)
        {
            Rollback();
        }

        if (disposing)
        {
            ended?.Invoke();
        }

        base.Dispose(disposing);
    }

    private static async Task RunAsync(SqlChannel channel, string sql, CancellationToken cancellationToken)
    {
        await using var statement = channel.Take(sql, null, []);
        await statement.ExecuteAsync(cancellationToken);
    }
}
