using System.Diagnostics;
using MemU.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>Makes connections to one file. Thread-safe.</summary>
internal sealed class SqliteConnections(string path, SqliteOptions options)
{
    // SQLite itself waits this long for a lock, in fine steps; the provider repeats that until the command's timeout is over.
    private const int BusyStepMilliseconds = 500;

    // SQLite's own default; and for a large commit, whose pages would else go to the log and come back from it several times.
    private const int CacheKilobytes = 2000;
    private const int LargeCacheKilobytes = 32000;

    // The log is folded into the file when it has 16 MB: pages that each commit touches are then copied less often.
    private const int PagesOfLog = 4000;

    // What more at once have opened is closed when they are done.
    private const int MostIdle = 16;

    private readonly Lock guard = new();
    private readonly Stack<SqlChannel> idle = [];
    private readonly SqliteLogWrites logWrites = new();
    private long generation;
    private bool hasLooked;
    private SqliteLogIndex? index;

    public string Path => path;

    public TimeSpan BusyTimeout => options.BusyTimeout;

    /// <summary>A channel with foreign keys on, kept for the next use when it is disposed; the file must exist.</summary>
    public SqlChannel Open()
    {
        long opened;
        lock (guard)
        {
            if (idle.TryPop(out var kept))
            {
                return kept;
            }

            opened = generation;
        }

        var connection = Make(path, SqliteOpenMode.ReadWrite, foreignKeys: true);
        return new SqlChannel(
            connection, (channel, sql, names) => new SqliteStatement(channel, sql, names), channel => Release(channel, opened));
    }

    /// <summary>
    /// A number that stays the same while nothing is committed to the file, whoever commits; null when only a question to the file can tell. What is read after it
    /// is at least as new.
    /// </summary>
    public long? Moment()
    {
        lock (guard)
        {
            if (!hasLooked && idle.TryPeek(out var channel))
            {
                // The memory stays while this connection is open.
                hasLooked = true;
                index = SqliteLogIndex.Of((SqliteConnection)channel.Connection);
                channel.Closing = index is null ? null : Forget;
            }

            return index?.Moment();
        }
    }

    /// <summary>The moment that a commit began which ended with this frame; null when somebody has committed since, or when it cannot be told.</summary>
    public long? MomentOf(SqliteLogFrame? frame)
    {
        lock (guard)
        {
            return frame is { } last ? index?.MomentOf(last) : null;
        }
    }

    /// <summary>A connection outside the pool, for work on the file as a whole; foreign keys are off.</summary>
    public SqliteConnection OpenAlone(SqliteOpenMode mode = SqliteOpenMode.ReadWrite) => OpenAlone(path, mode);

    /// <summary>A connection to any file, outside the pool; foreign keys are off.</summary>
    public SqliteConnection OpenAlone(string file, SqliteOpenMode mode) => Make(file, mode, foreignKeys: false);

    /// <summary>Takes the write lock, waiting for other writers as long as the options allow.</summary>
    public async Task<SqliteWriteTransaction> BeginImmediateAsync(SqlChannel channel, SqlWriteKind kind, CancellationToken cancellationToken)
    {
        var (before, after) = kind switch
        {
            SqlWriteKind.Large => (CacheOf(LargeCacheKilobytes), CacheOf(CacheKilobytes)),
            SqlWriteKind.MayBeLost when options.Durability == SqliteDurability.Full => (Synchronous(SqliteDurability.Normal), Synchronous(SqliteDurability.Full)),
            _ => (null, null),
        };
        var connection = (SqliteConnection)channel.Connection;
        if (before is null)
        {
            return await WaitAsync(() => SqliteWriteTransaction.BeginAsync(channel, logWrites, null, cancellationToken), cancellationToken);
        }

        channel.IsSpecial = true;
        connection.Run(before);
        return await WaitAsync(() => SqliteWriteTransaction.BeginAsync(channel, logWrites, MakeOrdinary, cancellationToken), cancellationToken);

        void MakeOrdinary()
        {
            connection.Run(after!);
            channel.IsSpecial = false;
        }
    }

    /// <summary>Takes the write lock on a connection outside the pool.</summary>
    public async Task<SqliteTransaction> BeginImmediateAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            // A second at a time, so that waiting can be cancelled.
            connection.DefaultTimeout = 1;
            return await WaitAsync(() => Task.FromResult(connection.BeginTransaction(deferred: false)), cancellationToken);
        }
        finally
        {
            connection.DefaultTimeout = Seconds(options);
        }
    }

    /// <summary>Closes idle connections; the last one to close folds the write-ahead log into the file.</summary>
    public void Clear()
    {
        List<SqlChannel> closing;
        lock (guard)
        {
            generation++;
            (index, hasLooked) = (null, false);
            closing = [.. idle];
            idle.Clear();
        }

        closing.ForEach(c => c.Close());
    }

    private static string Synchronous(SqliteDurability durability) => $"PRAGMA synchronous = {(durability == SqliteDurability.Full ? "FULL" : "NORMAL")}";

    private static string CacheOf(int kilobytes) => $"PRAGMA cache_size = -{kilobytes}";

    private static int Seconds(SqliteOptions options) => (int)Math.Ceiling(options.BusyTimeout.TotalSeconds);

    private async Task<T> WaitAsync<T>(Func<Task<T>> begin, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await begin();
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(start) < options.BusyTimeout)
            {
                await Task.Yield();
            }
        }
    }

    private void Forget()
    {
        lock (guard)
        {
            (index, hasLooked) = (null, false);
        }
    }

    private void Release(SqlChannel channel, long opened)
    {
        // What was opened before idle ones were closed may belong to a file that is gone; an open transaction is somebody's failure, and one that could not be made
        // ordinary again would not wait for the disk.
        var whole = !channel.IsSpecial && raw.sqlite3_get_autocommit(((SqliteConnection)channel.Connection).Handle) != 0;
        lock (guard)
        {
            if (whole && opened == generation && idle.Count < MostIdle)
            {
                idle.Push(channel);
                return;
            }
        }

        channel.Close();
    }

    private SqliteConnection Make(string file, SqliteOpenMode mode, bool foreignKeys)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Seconds(options),
        }.ToString());
        try
        {
            connection.Open();
            Configure(connection, foreignKeys);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Configure(SqliteConnection connection, bool foreignKeys)
    {
        connection.Run(
            $"""
            PRAGMA busy_timeout = {BusyStepMilliseconds};
            PRAGMA foreign_keys = {(foreignKeys ? "ON" : "OFF")};
            {Synchronous(options.Durability)};
            PRAGMA secure_delete = ON;
            {CacheOf(CacheKilobytes)};
            PRAGMA wal_autocheckpoint = {PagesOfLog};
            """);
    }
}
