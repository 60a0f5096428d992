using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>Makes connections to one file. Thread-safe.</summary>
internal sealed class SqliteConnections(string path, SqliteOptions options)
{
    // SQLite itself waits this long for a lock, in fine steps; the provider repeats that until the command's timeout is over.
    private const int BusyStepMilliseconds = 500;

    private readonly ConditionalWeakTable<sqlite3, object> configured = [];

    private readonly string pooled = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = true,
        DefaultTimeout = Seconds(options),
    }.ToString();

    public string Path => path;

    public TimeSpan BusyTimeout => options.BusyTimeout;

    /// <summary>A pooled connection with foreign keys on; the file must exist.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(pooled);
        try
        {
            connection.Open();

            // A pooled connection keeps its settings from one use to the next.
            if (!configured.TryGetValue(connection.Handle!, out _))
            {
                Configure(connection, foreignKeys: true);
                configured.AddOrUpdate(connection.Handle!, this);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection outside the pool, for work on the file as a whole; foreign keys are off.</summary>
    public SqliteConnection OpenAlone(SqliteOpenMode mode = SqliteOpenMode.ReadWrite) => OpenAlone(path, mode);

    /// <summary>A connection to any file, outside the pool; foreign keys are off.</summary>
    public SqliteConnection OpenAlone(string file, SqliteOpenMode mode)
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
            Configure(connection, foreignKeys: false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Takes the write lock, waiting for other writers as long as the options allow.</summary>
    public async Task<SqliteTransaction> BeginImmediateAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // A second at a time, so that waiting can be cancelled.
                connection.DefaultTimeout = 1;
                return connection.BeginTransaction(deferred: false);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY && waiting.Elapsed < options.BusyTimeout)
            {
                await Task.Yield();
            }
            finally
            {
                connection.DefaultTimeout = Seconds(options);
            }
        }
    }

    /// <summary>Closes idle connections; the last one to close folds the write-ahead log into the file.</summary>
    public void Clear()
    {
        using var connection = new SqliteConnection(pooled);
        SqliteConnection.ClearPool(connection);
    }

    private static int Seconds(SqliteOptions options) => (int)Math.Ceiling(options.BusyTimeout.TotalSeconds);

    private void Configure(SqliteConnection connection, bool foreignKeys)
    {
        var synchronous = options.Durability == SqliteDurability.Full ? "FULL" : "NORMAL";
        connection.Run($"PRAGMA busy_timeout = {BusyStepMilliseconds}; PRAGMA foreign_keys = {(foreignKeys ? "ON" : "OFF")}; PRAGMA synchronous = {synchronous}; PRAGMA secure_delete = ON");
    }
}
