using Microsoft.Data.Sqlite;

namespace MemU.Server.Jobs;

/// <summary>The file of the jobs: <c>jobs.db</c> beside the database, or in memory where the memories are. One call at a time; jobs are few and slow.</summary>
internal sealed class JobDatabase : IAsyncDisposable
{
    private const string Schema =
        """
        PRAGMA journal_mode = DELETE;
        CREATE TABLE IF NOT EXISTS jobs(
            id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, state TEXT NOT NULL, source BLOB, attempts INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL, cancel_asked INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER,
            error_kind TEXT, error_message TEXT, outcome TEXT, resource_id TEXT, caller TEXT NOT NULL, idempotency_key TEXT, request_hash TEXT, erasure_mark INTEGER);
        CREATE TABLE IF NOT EXISTS creations(
            space TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, record_id TEXT, created_at INTEGER NOT NULL, PRIMARY KEY(space, key));
        CREATE INDEX IF NOT EXISTS idx_jobs_turn ON jobs(state, not_before, id);
        CREATE INDEX IF NOT EXISTS idx_jobs_space ON jobs(tenant_id, user_id, agent_id, id);
        CREATE UNIQUE INDEX IF NOT EXISTS idx_jobs_idempotency ON jobs(tenant_id, user_id, agent_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
        """;

    private readonly string? path;
    private readonly SemaphoreSlim turn = new(1, 1);
    private SqliteConnection? connection;

    /// <param name="path">The file; null for memory.</param>
    public JobDatabase(string? path) => this.path = path;

    /// <summary>Runs in one transaction that no other process interrupts.</summary>
    /// <exception cref="MemoryStoreException">The file cannot be read or written.</exception>
    public Task<T> RunAsync<T>(string operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        RunAsync(operation, connection => Task.FromResult(work(connection)), cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(string, Func{SqliteConnection, T}, CancellationToken)"/>
    public async Task<T> RunAsync<T>(string operation, Func<SqliteConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var open = connection ??= Open();
            using var transaction = open.BeginTransaction(deferred: false);
            var result = await work(open);
            transaction.Commit();
            return result;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"The file of the jobs '{path}' cannot be used: {e.Message}", e)
            {
                Provider = "jobs", Operation = operation, IsTransient = e is SqliteException { SqliteErrorCode: 5 or 6 },
            };
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        turn.Dispose();
    }

    /// <summary>A file of an earlier version lacks a column.</summary>
    private static void AddMissing(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Execute(connection, "SELECT COUNT(*) FROM pragma_table_info('jobs') WHERE name = 'erasure_mark'") is 0L)
        {
            Execute(connection, "ALTER TABLE jobs ADD COLUMN erasure_mark INTEGER");
        }

        transaction.Commit();
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteConnection Open()
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path) && !OperatingSystem.IsWindows())
            {
                new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
            }
        }

        var made = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path ?? ":memory:", Pooling = false, DefaultTimeout = 30,
        }.ToString());
        try
        {
            made.Open();

            // What a finished job no longer needs is gone from the file too; a write-ahead log would keep it for a while.
            Execute(made, "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; " + Schema);
            AddMissing(made);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }
}
