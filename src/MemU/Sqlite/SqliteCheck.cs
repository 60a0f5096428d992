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
                CheckVectors(connection, findings);
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
        var items = broken.Where(b => b.Table == "memory_items").Select(b => b.Row).Distinct().ToList();
        if (items.Count > 0)
        {
            var ids = items.Take(5).Select(row => connection.Text($"SELECT id FROM memory_items WHERE rowid = {row}"));
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

    private static void CheckVectors(SqliteConnection connection, List<Finding> findings)
    {
        // Each block and each loose row is whole (encrypted it takes 28 bytes more), and each vector is in the block where it is looked for, and only there.
        var bad = connection.Number(
            """
            SELECT (SELECT COUNT(*) FROM vector_blocks
                    WHERE NOT json_valid(ids) OR NOT json_valid(texts) OR dimension < 1 OR length(vectors) - dimension * 4 * json_array_length(ids) NOT IN (0, 28)
                        OR json_array_length(ids) <> json_array_length(texts))
                 + (SELECT COUNT(*) FROM vectors v WHERE NOT EXISTS (
                        SELECT 1 FROM vector_blocks b WHERE b.space = v.space AND b.collection = v.collection AND b.revision = v.revision AND b.part = v.part))
                 + (SELECT COUNT(*) FROM (
                        SELECT json_array_length(b.ids) AS held, (SELECT COUNT(*) FROM json_each(b.ids) i
                            CROSS JOIN vectors v ON v.space = b.space AND v.collection = b.collection AND v.id = i.value
                            WHERE v.revision = b.revision AND v.part = b.part) AS found
                        FROM vector_blocks b WHERE json_valid(b.ids)) WHERE held <> found)
                 + (SELECT COUNT(*) FROM loose_vectors l
                    WHERE l.dimension < 1 OR length(l.vector) - l.dimension * 4 NOT IN (0, 28)
                        OR NOT EXISTS (SELECT 1 FROM spaces s WHERE s.number = l.place >> 32)
                        OR EXISTS (SELECT 1 FROM vectors v WHERE v.space = l.place >> 32 AND v.collection = l.collection AND v.id = l.id))
            """);
        if (bad > 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Error, "bad-vector", $"{bad} places in the tables of the vectors do not fit each other.", "Embed anew with 'memu reindex --all'."));
        }
    }
}
