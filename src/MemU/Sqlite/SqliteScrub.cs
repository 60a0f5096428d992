using System.Diagnostics;
using MemU.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>
/// Takes what was deleted out of the file, its log and the copies beside it. Deleted cells are overwritten with zeros as they go (secure_delete), but a
/// page that was split may hold old bytes of a row that moved, and a file of the Python code was never cleaned: so the file is written anew from what
/// it still holds (VACUUM), and the write-ahead log is emptied.
/// </summary>
internal sealed class SqliteScrub(SqliteConnections connections)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(IReadOnlyCollection<MemoryScope> erased, CancellationToken cancellationToken)
    {
        if (File.Exists(connections.Path))
        {
            using var connection = connections.OpenAlone();
            await PatientlyAsync(() => TryVacuum(connection), cancellationToken);
            await PatientlyAsync(() => TryEmptyLog(connection), cancellationToken);
        }

        // A restore that was cut short left this; nobody reads it.
        SqliteFiles.Delete(SqliteFiles.Prepared(connections.Path));
        foreach (var copy in SqliteFiles.Copies(connections.Path).Where(File.Exists))
        {
            EraseFromCopy(copy, erased);
        }
    }

    private static bool TryVacuum(SqliteConnection connection)
    {
        try
        {
            connection.Run("VACUUM");
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }
    }

    /// <summary>False while another process reads from the log.</summary>
    private static bool TryEmptyLog(SqliteConnection connection) =>
        connection.Text("PRAGMA journal_mode") != "wal"
        || connection.Rows("PRAGMA wal_checkpoint(TRUNCATE)", r => r.GetInt64(0)) is [0];

    private async Task PatientlyAsync(Func<bool> attempt, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (!attempt())
        {
            if (waiting.Elapsed >= connections.BusyTimeout)
            {
                throw SqliteErrors.Make(
                    connections.Path, "scrub", "what was erased is gone from the tables, but other processes keep the file or its log from being cleaned",
                    "Erase again when they have ended or are idle.", transient: true);
            }

            // The lock is another process's, so the pause is in real time whatever clock the host has.
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>A copy that an upgrade made holds the same people's rows. It stays of use for everybody else.</summary>
    private void EraseFromCopy(string copy, IReadOnlyCollection<MemoryScope> erased)
    {
        try
        {
            using var connection = connections.OpenAlone(copy, SqliteOpenMode.ReadWrite);
            var removed = 0L;

            // The vectors of a space go with its row, but for those that only lie where its number says.
            connection.Run("PRAGMA foreign_keys = ON");
            var tables = SqliteSchema.ReadTables(connection);
            if (tables.Contains("loose_vectors"))
            {
                erased.ToList().ForEach(scope => EraseAtPlaces(connection, "loose_vectors", LooseVectors.OfSpaces, scope));
            }

            if (HasColumn(connection, "owed_vectors", "place"))
            {
                erased.ToList().ForEach(scope => EraseAtPlaces(connection, "owed_vectors", OwedVectors.OfSpaces, scope));
            }

            foreach (var table in tables)
            {
                removed += erased.Sum(scope => EraseFrom(connection, table, scope));
            }

            if (removed > 0)
            {
                connection.Run("VACUUM");
            }
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Make(
                copy, "scrub", $"it is a copy that an upgrade made, and what was erased cannot be taken out of it ({e.Message})", "Remove the file.", e);
        }
    }

    private static bool HasColumn(SqliteConnection connection, string table, string column) =>
        connection.Rows($"SELECT name FROM pragma_table_info('{table}')", r => r.GetString(0)).Contains(column);

    private static void EraseAtPlaces(SqliteConnection connection, string table, string ofSpaces, MemoryScope scope) =>
        connection.Run(
            $"DELETE FROM {table} WHERE place IN (SELECT place FROM {ofSpaces} WHERE s.user_id = @user AND s.agent_id = @agent AND s.tenant_id = @tenant)",
            ("@user", scope.User), ("@agent", scope.Agent), ("@tenant", scope.Tenant));

    private static long EraseFrom(SqliteConnection connection, string table, MemoryScope scope)
    {
        var name = SqliteCommands.Quote(table);
        var columns = connection.Rows($"SELECT name FROM pragma_table_info('{table.Replace("'", "''", StringComparison.Ordinal)}')", r => r.GetString(0));
        if (!columns.Contains("user_id") || !columns.Contains("agent_id") || (!columns.Contains("tenant_id") && scope.Tenant != MemoryScope.DefaultId))
        {
            return 0;
        }

        connection.Run(
            $"DELETE FROM {name} WHERE user_id = @user AND agent_id = @agent{(columns.Contains("tenant_id") ? " AND tenant_id = @tenant" : "")}",
            [("@user", scope.User), ("@agent", scope.Agent), .. columns.Contains("tenant_id") ? new (string, object)[] { ("@tenant", scope.Tenant) } : []]);
        return connection.Number("SELECT changes()");
    }
}
