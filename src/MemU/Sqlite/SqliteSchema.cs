using System.Globalization;
using MemU.Contracts;
using MemU.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>The versions of the file: which one it has, and how it gets to this one.</summary>
internal sealed class SqliteSchema(SqliteConnections connections, TimeProvider time)
{
    private static readonly IReadOnlyList<SqlMigration> Migrations = SqlMigration.Load(typeof(SqliteSchema).Assembly, "MemU.Sqlite.Migrations.");

    private const string Unfinished = ".bak.tmp";

    // By these a file of the Python code is told from a stranger's database.
    private static readonly string[] SeedTables = ["resources", "memory_items", "categories", "category_items"];

    /// <summary>The version that this program writes.</summary>
    public static int Latest => Migrations[^1].Version;

    /// <summary>The names of all steps, in order.</summary>
    public static IReadOnlyList<string> Steps { get; } = [.. Migrations.Select(m => m.Name)];

    /// <summary>The version of the file; 0 for a new file and for one that the Python code made.</summary>
    /// <exception cref="MemoryStoreException">The file belongs to another program.</exception>
    public static int ReadVersion(SqliteConnection connection, string path)
    {
        var tables = ReadTables(connection);
        if (tables.Contains("memu_schema"))
        {
            return (int)connection.Number("SELECT MAX(version) FROM memu_schema");
        }

        return tables.Count == 0 || SeedTables.Any(tables.Contains)
            ? 0
            : throw SqliteErrors.Make(path, "open", "it is another program's database", "It was left as it is; choose another path.");
    }

    /// <summary>The version, checked to be one that this program knows.</summary>
    /// <exception cref="MemoryStoreException">The file belongs to another program or to a newer version.</exception>
    public static int ReadKnownVersion(SqliteConnection connection, string path) =>
        ReadVersion(connection, path) is var version && version <= Latest
            ? version
            : throw SqliteErrors.Make(
                path, "open", $"it has version {version} of the schema, made by a newer MemU; this one knows versions up to {Latest}",
                "It was left as it is; use the newer MemU.");

    /// <summary>Names of the tables, SQLite's own left out.</summary>
    public static HashSet<string> ReadTables(SqliteConnection connection) =>
        [.. connection.Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", r => r.GetString(0))];

    /// <summary>
    /// Brings the file to the latest version and returns the steps applied. What an older file held is copied beside it first. One transaction:
    /// whoever comes second finds the work done.
    /// </summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(SqliteConnection connection, bool keepCopy, CancellationToken cancellationToken)
    {
        var applied = new List<string>();
        var found = ReadKnownVersion(connection, connections.Path);
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
        {
            // Reading would still work, but a writer must not find out only when everything is computed and paid for.
            throw SqliteErrors.Make(connections.Path, "open", "the file may only be read", "Give this user the right to write it, or choose another path.");
        }

        if (found < Latest)
        {
            await using var transaction = await connections.BeginImmediateAsync(connection, cancellationToken);
            var version = ReadKnownVersion(connection, connections.Path);
            if (keepCopy && version < Latest && ReadTables(connection).Count > 0)
            {
                await CopyBesideAsync(cancellationToken);
            }

            applied.AddRange(Apply(connection, version));
            await transaction.CommitAsync(CancellationToken.None);
        }

        if (connection.Text("PRAGMA journal_mode") != "wal")
        {
            connection.Run("PRAGMA journal_mode = WAL");
        }

        return applied;
    }

    /// <summary>Runs the steps after a version, inside the caller's transaction; foreign keys must be off.</summary>
    public IEnumerable<string> Apply(SqliteConnection connection, int version)
    {
        connection.Run("CREATE TABLE IF NOT EXISTS memu_schema (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at REAL NOT NULL)");
        foreach (var step in Migrations.Where(m => m.Version > version))
        {
            connection.Run(step.Script);
            connection.Run(
                "INSERT INTO memu_schema (version, name, applied_at) VALUES (@version, @name, @at)",
                ("@version", step.Version), ("@name", step.Name), ("@at", MemUJson.ToEpoch(time.GetUtcNow())));
            yield return step.Name;
        }
    }

    private async Task CopyBesideAsync(CancellationToken cancellationToken)
    {
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = $"{connections.Path}.before-{Latest}-{stamp}";
        var copy = name + ".bak";
        for (var i = 2; File.Exists(copy); i++)
        {
            copy = $"{name}-{i}.bak";
        }

        // Under another name until it is whole. The write lock is held here, so any other unfinished copy was cut short.
        foreach (var stale in SqliteFiles.Copies(connections.Path).Where(f => f.Contains(Unfinished, StringComparison.Ordinal)))
        {
            File.Delete(stale);
        }

        var unfinished = name + Unfinished;
        try
        {
            using (var source = connections.OpenAlone())
            using (var destination = connections.OpenAlone(unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                await SqliteCopy.RunAsync(source, destination, null, connections.BusyTimeout, cancellationToken);
                destination.Run("PRAGMA journal_mode = DELETE");
            }

            File.Move(unfinished, copy);
        }
        finally
        {
            SqliteFiles.Delete(unfinished);
        }
    }
}
