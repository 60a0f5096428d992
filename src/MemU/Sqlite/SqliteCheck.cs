using MemU.Sql;
using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>Looks at a file as it is, whatever its version, and changes nothing.</summary>
internal static class SqliteCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(SqliteConnections connections, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        try
        {
            if (!Path.Exists(connections.Path))
            {
                SqliteErrors.RefuseFileInPlaceOfFolder(connections.Path, "check");
                return [];
            }

            using var connection = connections.OpenAlone();
            var version = SqliteSchema.ReadKnownVersion(connection, connections.Path);
            CheckIntegrity(connection, connections.Path, findings);
            CheckPointers(connection, findings);
            if (version < SqliteSchema.Latest)
            {
                findings.Add(new Finding(
                    FindingSeverity.Info, "old-schema", $"The database has version {version} of the schema; this program uses {SqliteSchema.Latest}.",
                    "The next use upgrades it and keeps a copy beside it; 'memu migrate' does so now."));
            }
            else
            {
                CheckJournal(connection, findings);
                await CheckScopesAsync(connection, findings, cancellationToken);
                VectorTablesCheck.Run(connection, findings);
                EmbeddedBlocksCheck.Run(connection, findings);
            }
        }
        catch (SqliteException e)
        {
            findings.Add(Unreadable(SqliteErrors.From(connections.Path, "check", e)));
        }
        catch (MemoryStoreException e)
        {
            findings.Add(Unreadable(e));
        }

        return findings;
    }

    // Whoever lacks a permission or some room must not be told to throw the data away.
    private static Finding Unreadable(MemoryStoreException exception) => new(
        FindingSeverity.Error, "unreadable-database", exception.Message,
        SqliteErrors.IsDamage(exception)
            ? "Restore the last backup with 'memu restore', or start anew with 'memu reset'."
            : "Do what the message says, then look again; the data is as it was.");

    private static void CheckIntegrity(SqliteConnection connection, string path, List<Finding> findings)
    {
        var problems = connection.Rows("PRAGMA integrity_check(100)", r => r.GetString(0));
        if (problems is not ["ok"])
        {
            findings.Add(new Finding(
                FindingSeverity.Error, "damaged-database", $"The database '{path}' is damaged: {problems.Count} problems, the first: {problems[0]}",
                "Restore the last backup with 'memu restore'. An export of what can still be read: 'memu export'."));
        }
    }

    // Rows whose parent is missing: the Python code never asked SQLite to prevent them.
    private static void CheckPointers(SqliteConnection connection, List<Finding> findings)
    {
        var broken = connection.Rows("PRAGMA foreign_key_check", r => (Table: r.GetString(0), Row: r.IsDBNull(1) ? 0 : r.GetInt64(1), Parent: r.GetString(2)));
        var items = broken.Exists(b => b.Table == "memory_items") ? Orphans(connection) : [];
        if (items.Count > 0)
        {
            var ids = items.Take(5);
            findings.Add(new Finding(
                FindingSeverity.Warning, "orphan-item", $"{items.Count} items name a resource that is gone: {string.Join(", ", ids)}{(items.Count > 5 ? " …" : "")}",
                "They still answer. Delete them with 'memu delete' if they are of no use."));
        }

        var links = broken.Where(b => b.Table == "category_items").Select(b => b.Row).Distinct().Count();
        if (links > 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Info, "orphan-link", $"{links} links between items and categories name one that is gone.", "They do no harm; nothing has to be done."));
        }

        foreach (var group in broken.Where(b => b.Table is not ("memory_items" or "category_items")).GroupBy(b => (b.Table, b.Parent)))
        {
            findings.Add(new Finding(
                FindingSeverity.Error, "orphan-row", $"{group.Count()} rows of {group.Key.Table} name rows of {group.Key.Parent} that are gone.",
                "Another program wrote them. Export the space and import it into a new data folder."));
        }
    }

    // Rows of this table have no number by which the check could name them.
    private static List<string?> Orphans(SqliteConnection connection)
    {
        var parent = connection.Rows("SELECT \"from\", \"to\" FROM pragma_foreign_key_list('memory_items')", r => $"r.{r.GetString(1)} = i.{r.GetString(0)}");
        return connection.Rows(
            $"SELECT i.id FROM memory_items i WHERE NOT EXISTS (SELECT 1 FROM resources r WHERE {string.Join(" AND ", parent)}) ORDER BY i.id",
            r => r.IsDBNull(0) ? null : r.GetString(0));
    }

    private static void CheckJournal(SqliteConnection connection, List<Finding> findings)
    {
        if (connection.Text("PRAGMA journal_mode") is var mode and not "wal")
        {
            findings.Add(new Finding(
                FindingSeverity.Info, "no-write-ahead-log", $"The database keeps a '{mode}' journal: readers and writers hold each other up.",
                "Put it on a disk of this machine; a network folder cannot keep a write-ahead log."));
        }
    }

    private static async Task CheckScopesAsync(SqliteConnection connection, List<Finding> findings, CancellationToken cancellationToken)
    {
        var unreachable = (await SpaceTable.ListAsync(connection, cancellationToken))
            .Count(s => SqlRules.TryMake(s.Tenant, s.User, s.Agent) is null);
        if (unreachable > 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Warning, "unreachable-space", $"{unreachable} spaces have a blank, too long or malformed user or agent id; MemU cannot open them.",
                "Rename the ids with the program that wrote them."));
        }
    }
}
