using System.Text.Json;
using MemU.Server.Web;
using Microsoft.Data.Sqlite;

namespace MemU.Server.Jobs;

/// <summary>Remembers which record a request with an <c>Idempotency-Key</c> has made, so that a request that is sent again makes no second one.</summary>
internal sealed class CreationKeys(JobDatabase database, JobSecrecy secrecy, TimeProvider time)
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>Makes the record once; the same key in the same space gives the id of the record that was made first.</summary>
    /// <exception cref="ConcurrentChangeException">The key was used for another request, or the first one is still being worked on.</exception>
    public async Task<string> OnceAsync<T>(HttpContext context, MemoryScope scope, T request, Func<Task<string>> make, CancellationToken cancellationToken)
    {
        if (IdempotencyKey.Of(context) is not { } key)
        {
            return await make();
        }

        var hash = await secrecy.HashAsync(scope, JsonSerializer.SerializeToUtf8Bytes(request, ServerJson.Of<T>()), cancellationToken);
        if (await database.RunAsync("reserve", c => Reserve(c, scope, key, hash), cancellationToken) is { } known)
        {
            return known;
        }

        string? made = null;
        try
        {
            return made = await make();
        }
        finally
        {
            await database.RunAsync(
                "settle", c => Execute(c, made is null ? "DELETE FROM creations WHERE space = $space AND key = $key" : "UPDATE creations SET record_id = $id WHERE space = $space AND key = $key", scope, key, ("$id", made)),
                CancellationToken.None);
        }
    }

    private string? Reserve(SqliteConnection connection, MemoryScope scope, string key, string hash)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Execute(connection, "DELETE FROM creations WHERE created_at < $old OR (record_id IS NULL AND created_at < $abandoned)", scope, key,
            ("$old", now - (long)Keep.TotalMilliseconds), ("$abandoned", now - (long)Abandoned.TotalMilliseconds));
        using (var command = Command(connection, "SELECT request_hash, record_id FROM creations WHERE space = $space AND key = $key", scope, key))
        {
            using var row = command.ExecuteReader();
            if (row.Read())
            {
                return row.GetString(0) != hash ? throw new ConcurrentChangeException("The idempotency key was used for another request.")
                    : row.IsDBNull(1) ? throw new ConcurrentChangeException("The first request with this idempotency key is still being worked on.")
                    : row.GetString(1);
            }
        }

        Execute(connection, "INSERT INTO creations(space, key, request_hash, created_at) VALUES($space, $key, $hash, $now)", scope, key, ("$hash", hash), ("$now", now));
        return null;
    }

    private static int Execute(SqliteConnection connection, string sql, MemoryScope scope, string key, params (string, object?)[] values)
    {
        using var command = Command(connection, sql, scope, key, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, MemoryScope scope, string key, params (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values.Append(("$space", scope.Key)).Append(("$key", key)))
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
