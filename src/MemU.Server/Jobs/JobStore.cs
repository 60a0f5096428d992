using System.Text.Json;
using MemU.Contracts;
using MemU.Server.Api;
using MemU.Server.Web;
using Microsoft.Data.Sqlite;

namespace MemU.Server.Jobs;

/// <summary>The jobs and how far they are. What was added here is on disk before anybody is told so. Thread-safe, and safe for several processes.</summary>
internal sealed class JobStore(JobDatabase database, JobSecrecy secrecy, IdSource ids, TimeProvider time)
{
    private const string Columns = "id, tenant_id, user_id, agent_id, state, attempts, created_at, started_at, finished_at, cancel_asked, error_kind, error_message, outcome, resource_id, erasure_mark";
    private const string OfSpace = "tenant_id = $tenant AND user_id = $user AND agent_id = $agent";

    // Its source was taken away while somebody worked on it.
    private const string Erased = "state = 'running' AND source IS NULL";
    private const string Ended = "'completed', 'failed', 'canceled'";

    /// <summary>Adds a job. The same idempotency key in the same space gives the job that was added first.</summary>
    /// <param name="scope">The space.</param>
    /// <param name="source">What is to be memorized.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="idempotencyKey">The key; null for none.</param>
    /// <param name="most">How many may wait.</param>
    /// <param name="mark">
    /// Reads the erasure mark of the space. It is read while nobody else can change the jobs: so an erasure that the mark does not know finds the job when it
    /// looks for those that it has to forget.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="QueueFullException">Too many are waiting.</exception>
    /// <exception cref="ConcurrentChangeException">The key was used for another source.</exception>
    public async Task<Job> AddAsync(MemoryScope scope, IncomingSource source, string caller, string? idempotencyKey, int most, Func<CancellationToken, Task<long>> mark, CancellationToken cancellationToken)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(source, ServerJson.Of<IncomingSource>());
        var id = "memorize-" + ids.Next().Replace("-", "", StringComparison.Ordinal);
        var payload = await secrecy.SealAsync(scope, id, plain, cancellationToken);
        var hash = await secrecy.HashAsync(scope, plain, cancellationToken);
        return await database.RunAsync(
            "add",
            async connection =>
            {
                if (idempotencyKey is not null
                    && Query(connection, $"SELECT {Columns}, request_hash FROM jobs WHERE {OfSpace} AND idempotency_key = $key", r => (Job: Read(r), Hash: r.GetString(15)), [.. Space(scope), ("$key", idempotencyKey)]) is [var known])
                {
                    return known.Hash == hash ? known.Job : throw new ConcurrentChangeException("The idempotency key was used for another source.");
                }

                if (Query(connection, "SELECT count(*) FROM jobs WHERE state IN ('pending', 'running')", r => r.GetInt32(0))[0] >= most)
                {
                    throw new QueueFullException(most);
                }

                var job = new Job
                {
                    Id = id, Scope = scope, State = JobState.Pending, Attempts = 0, CreatedAt = time.GetUtcNow(), ErasureMark = await mark(cancellationToken),
                };
                Execute(
                    connection,
                    "INSERT INTO jobs(id, tenant_id, user_id, agent_id, state, source, not_before, created_at, caller, idempotency_key, request_hash, erasure_mark) "
                    + "VALUES($id, $tenant, $user, $agent, 'pending', $source, $now, $now, $caller, $key, $hash, $mark)",
                    [.. Space(scope), ("$id", job.Id), ("$source", payload), ("$now", Now()), ("$caller", caller), ("$key", idempotencyKey), ("$hash", hash), ("$mark", job.ErasureMark)]);
                return job;
            },
            cancellationToken);
    }

    /// <summary>The job, whosever it is; null when there is none. Whoever asks must check the scope.</summary>
    public Task<Job?> GetAsync(string id, CancellationToken cancellationToken) =>
        database.RunAsync("get", c => Query(c, $"SELECT {Columns} FROM jobs WHERE id = $id", Read, ("$id", id)).SingleOrDefault(), cancellationToken);

    /// <summary>Jobs of a space, newest first.</summary>
    public Task<IReadOnlyList<Job>> ListAsync(MemoryScope scope, JobState? state, string? before, int limit, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<Job>>(
            "list",
            c => Query(
                c, $"SELECT {Columns} FROM jobs WHERE {OfSpace} AND ($state IS NULL OR state = $state) AND ($before IS NULL OR id < $before) ORDER BY id DESC LIMIT $limit", Read,
                [.. Space(scope), ("$state", state is { } s ? Word(s) : null), ("$before", before), ("$limit", limit)]),
            cancellationToken);

    /// <summary>Cancels: at once what waits, soon what is being worked on. What has ended stays as it is.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => database.RunAsync(
        "cancel",
        c => Execute(c, "UPDATE jobs SET state = 'canceled', source = NULL, finished_at = $now WHERE id = $id AND state = 'pending'", ("$id", id), ("$now", Now()))
            + Execute(c, "UPDATE jobs SET cancel_asked = 1 WHERE id = $id AND state = 'running'", ("$id", id)),
        cancellationToken);

    /// <summary>
    /// Forgets the jobs of a space that is erased, and their sources. One that is being worked on is asked to stop, and forgotten when it does: until then its row
    /// has nothing but ids and times.
    /// </summary>
    public Task EraseAsync(MemoryScope scope, CancellationToken cancellationToken) => database.RunAsync(
        "erase", c => Forget(c, OfSpace, Space(scope)) + Execute(c, "DELETE FROM creations WHERE space = $space", ("$space", scope.Key)), cancellationToken);

    /// <summary>Forgets those of them that were accepted before the space was erased. What was accepted afterwards stays, whoever else was erased meanwhile.</summary>
    /// <param name="scope">The space.</param>
    /// <param name="isErasedSince">Whether this space was erased after a mark. It is asked while nobody else can change the jobs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task EraseEarlierAsync(MemoryScope scope, Func<long, CancellationToken, Task<bool>> isErasedSince, CancellationToken cancellationToken) => database.RunAsync(
        "erase",
        async connection =>
        {
            var forgotten = 0;
            foreach (var mark in Query(connection, $"SELECT DISTINCT erasure_mark FROM jobs WHERE {OfSpace}", r => r.IsDBNull(0) ? default(long?) : r.GetInt64(0), Space(scope)))
            {
                // Without one it was accepted by an earlier version, nobody knows when.
                if (mark is null || await isErasedSince(mark.Value, cancellationToken))
                {
                    forgotten += Forget(connection, $"{OfSpace} AND erasure_mark IS $mark", [.. Space(scope), ("$mark", mark)]);
                }
            }

            return forgotten;
        },
        cancellationToken);

    /// <summary>Forgets the jobs of all spaces, as <see cref="EraseAsync"/> does those of one.</summary>
    public Task EraseAllAsync(CancellationToken cancellationToken) => database.RunAsync(
        "erase",
        c => Forget(c, "true", []) + Execute(c, "DELETE FROM creations"),
        cancellationToken);

    /// <summary>The spaces of which there are jobs. Some may hold nothing else yet.</summary>
    public Task<IReadOnlyList<MemoryScope>> ListSpacesAsync(CancellationToken cancellationToken) => database.RunAsync<IReadOnlyList<MemoryScope>>(
        "list", c => Query(c, "SELECT DISTINCT tenant_id, user_id, agent_id FROM jobs ORDER BY 1, 2, 3", r => new MemoryScope(r.GetString(1), r.GetString(2), r.GetString(0))), cancellationToken);

    /// <summary>How many wait or are being worked on.</summary>
    public Task<int> CountOpenAsync(CancellationToken cancellationToken) =>
        database.RunAsync("count", c => Query(c, "SELECT count(*) FROM jobs WHERE state IN ('pending', 'running')", r => r.GetInt32(0))[0], cancellationToken);

    /// <summary>Puts back what a runner that died was working on, and forgets what ended long ago. Only for the runner, of which there is one.</summary>
    public Task RecoverAsync(TimeSpan keep, CancellationToken cancellationToken) => database.RunAsync(
        "recover",
        c => Execute(c, $"DELETE FROM jobs WHERE {Erased}") + Execute(c, "UPDATE jobs SET state = 'pending' WHERE state = 'running'")
            + Execute(c, $"DELETE FROM jobs WHERE state IN ({Ended}) AND finished_at < $old", ("$old", Now() - (long)keep.TotalMilliseconds)),
        cancellationToken);

    /// <summary>The source that was taken with a job.</summary>
    /// <exception cref="MemoryStoreException">It cannot be decrypted.</exception>
    public async Task<IncomingSource> OpenAsync(Job job, byte[] source, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await secrecy.OpenAsync(job.Scope, job.Id, source, cancellationToken), ServerJson.Of<IncomingSource>())!;

    /// <summary>Takes the next job whose time has come; null when there is none.</summary>
    public Task<(Job Job, byte[] Source)?> TakeAsync(CancellationToken cancellationToken) => database.RunAsync<(Job, byte[])?>(
        "take",
        c =>
        {
            var next = Query(
                c, $"SELECT {Columns}, source FROM jobs WHERE state = 'pending' AND not_before <= $now ORDER BY not_before, id LIMIT 1",
                r => (Job: Read(r), Source: r.GetFieldValue<byte[]>(15)), ("$now", Now()));
            if (next is not [var (job, source)])
            {
                return null;
            }

            Execute(c, "UPDATE jobs SET state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $now) WHERE id = $id", ("$id", job.Id), ("$now", Now()));
            return (job with { State = JobState.Running, Attempts = job.Attempts + 1 }, source);
        },
        cancellationToken);

    /// <summary>Which of these jobs are to stop.</summary>
    public Task<IReadOnlyList<string>> CancelAskedAsync(CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<string>>("poll", c => Query(c, "SELECT id FROM jobs WHERE state = 'running' AND cancel_asked = 1", r => r.GetString(0)), cancellationToken);

    /// <summary>A job is done.</summary>
    public Task CompleteAsync(string id, string outcome, string resourceId) => EndAsync(id, "completed", [("$outcome", outcome), ("$resource", resourceId)], "outcome = $outcome, resource_id = $resource");

    /// <summary>A job is given up.</summary>
    public Task FailAsync(string id, ErrorBodyJson error) => EndAsync(id, "failed", [("$kind", error.Kind), ("$message", secrecy.Reason(error.Message))], "error_kind = $kind, error_message = $message");

    /// <summary>A job has stopped because it was asked to.</summary>
    public Task CanceledAsync(string id) => EndAsync(id, "canceled", [], "cancel_asked = 1");

    /// <summary>A job waits again; the attempt counts unless it was broken off.</summary>
    public Task PutBackAsync(string id, TimeSpan wait, bool counts) => database.RunAsync(
        "put back",
        c => Execute(
            c, "UPDATE jobs SET state = 'pending', not_before = $then, attempts = attempts - $uncounted WHERE id = $id AND state = 'running' AND source IS NOT NULL",
            ("$id", id), ("$then", Now() + (long)wait.TotalMilliseconds), ("$uncounted", counts ? 0 : 1)) + Execute(c, $"DELETE FROM jobs WHERE id = $id AND {Erased}", ("$id", id)),
        CancellationToken.None);

    private Task EndAsync(string id, string state, (string, object?)[] values, string set) => database.RunAsync(
        state,
        c => Execute(c, $"UPDATE jobs SET state = '{state}', source = NULL, finished_at = $now, {set} WHERE id = $id AND state = 'running' AND source IS NOT NULL", [("$id", id), ("$now", Now()), .. values])
            + Execute(c, $"DELETE FROM jobs WHERE id = $id AND {Erased}", ("$id", id)),
        CancellationToken.None);

    private static int Forget(SqliteConnection connection, string which, (string, object?)[] values) =>
        Execute(connection, $"UPDATE jobs SET cancel_asked = 1, source = NULL, idempotency_key = NULL, request_hash = NULL WHERE {which} AND state = 'running'", values)
        + Execute(connection, $"DELETE FROM jobs WHERE {which} AND state <> 'running'", values);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static (string, object?)[] Space(MemoryScope scope) => [("$tenant", scope.Tenant), ("$user", scope.User), ("$agent", scope.Agent)];

    private static string Word(JobState state) => state.ToString().ToLowerInvariant();

    private static Job Read(SqliteDataReader row) => new()
    {
        Id = row.GetString(0), Scope = new MemoryScope(row.GetString(2), row.GetString(3), row.GetString(1)), State = Enum.Parse<JobState>(row.GetString(4), ignoreCase: true),
        Attempts = row.GetInt32(5), CreatedAt = Time(row, 6)!.Value, StartedAt = Time(row, 7), FinishedAt = Time(row, 8), CancelAsked = row.GetInt32(9) == 1,
        ErrorKind = Text(row, 10), ErrorMessage = Text(row, 11), Outcome = Text(row, 12), ResourceId = Text(row, 13),
        ErasureMark = row.IsDBNull(14) ? null : row.GetInt64(14),
    };

    private static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static List<T> Query<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params (string, object?)[] values)
    {
        using var command = Command(connection, sql, values);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static int Execute(SqliteConnection connection, string sql, params (string, object?)[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
