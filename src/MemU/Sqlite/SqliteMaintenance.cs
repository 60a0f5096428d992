using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>Copies, replaces and empties the file as a whole.</summary>
internal sealed class SqliteMaintenance(SqliteConnections connections, SqliteSchema schema)
{
    private const string CopyName = "memu.db";

    private string Path => connections.Path;

    /// <summary>True when a table holds a row, or when the file cannot be read: a restore would overwrite it either way.</summary>
    public bool HasData()
    {
        if (!File.Exists(Path) || new FileInfo(Path).Length == 0)
        {
            return false;
        }

        try
        {
            using var connection = connections.OpenAlone();
            return SqliteSchema.ReadTables(connection).Except(["memu_schema", "spaces", "erasures", "vector_removals"])
                .Any(table => connection.Number($"SELECT EXISTS (SELECT 1 FROM {SqliteCommands.Quote(table)})") == 1);
        }
        catch (SqliteException)
        {
            return true;
        }
    }

    public async Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var file = System.IO.Path.Combine(folder, CopyName);
        try
        {
            using var destination = connections.OpenAlone(file, SqliteOpenMode.ReadWriteCreate);
            if (File.Exists(Path))
            {
                using var source = connections.OpenAlone();
                SqliteSchema.ReadKnownVersion(source, Path);
                await SqliteCopy.RunAsync(source, destination, bytesCopied, connections.BusyTimeout, cancellationToken);
            }
            else
            {
                await schema.MigrateAsync(destination, keepCopy: false, cancellationToken);
            }

            Renew(destination);

            // One file that can be read where nothing may be written.
            destination.Run("PRAGMA journal_mode = DELETE");
        }
        catch
        {
            SqliteFiles.Delete(file);
            throw;
        }
    }

    /// <summary>Verifies the copy and writes it over the live database in one transaction; a file that is no database is replaced as a file.</summary>
    public async Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var copy = System.IO.Path.Combine(folder, CopyName);
        var older = Verify(copy) < SqliteSchema.Latest;
        var replaceFile = !IsReadable();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var prepared = SqliteFiles.Prepared(Path);
        SqliteFiles.Delete(prepared);
        try
        {
            if (older || replaceFile)
            {
                // Upgraded apart, so that nobody ever sees an old schema in the live file.
                using var source = connections.OpenAlone(copy, SqliteOpenMode.ReadOnly);
                using var connection = connections.OpenAlone(prepared, SqliteOpenMode.ReadWriteCreate);
                await SqliteCopy.RunAsync(source, connection, bytesCopied, connections.BusyTimeout, cancellationToken);
                await schema.MigrateAsync(connection, keepCopy: false, cancellationToken);
                connection.Run("PRAGMA journal_mode = DELETE");
            }

            if (replaceFile)
            {
                SqliteFiles.DeleteSides(Path);
                File.Move(prepared, Path, overwrite: true);
            }
            else
            {
                using var source = connections.OpenAlone(older ? prepared : copy, SqliteOpenMode.ReadOnly);
                using var live = connections.OpenAlone(SqliteOpenMode.ReadWriteCreate);
                SqliteSchema.ReadVersion(live, Path);
                await SqliteCopy.RunAsync(source, live, bytesCopied, connections.BusyTimeout, cancellationToken);
                Renew(live);
            }
        }
        finally
        {
            SqliteFiles.Delete(prepared);
        }
    }

    /// <summary>Empties the database where it stands, because others may have it open; a file that is no database is deleted.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Path) && IsReadable())
        {
            await EmptyAsync(cancellationToken);
        }
        else
        {
            SqliteFiles.Delete(Path);
        }

        foreach (var copy in SqliteFiles.Copies(Path))
        {
            if (Directory.Exists(copy))
            {
                Directory.Delete(copy, recursive: true);
            }
            else
            {
                File.Delete(copy);
            }
        }
    }

    private async Task EmptyAsync(CancellationToken cancellationToken)
    {
        using var connection = connections.OpenAlone();
        SqliteSchema.ReadVersion(connection, Path);
        connection.Run("PRAGMA secure_delete = ON");
        await using (var transaction = await connections.BeginImmediateAsync(connection, cancellationToken))
        {
            foreach (var (type, name) in connection.Rows(
                "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC",
                r => (r.GetString(0), r.GetString(1))))
            {
                connection.Run($"DROP {type} {SqliteCommands.Quote(name)}");
            }

            _ = schema.Apply(connection, version: 0).Count();
            await transaction.CommitAsync(CancellationToken.None);
        }

        connection.Run("VACUUM");
        if (connection.Text("PRAGMA journal_mode") == "wal")
        {
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    // What anybody holds of a space in memory belongs to rows that were there before. Done in the copy and once more where it was put, so that the copy
    // is not taken for what was there even if the program ends in between.
    private static void Renew(SqliteConnection connection)
    {
        if (SqliteSchema.ReadTables(connection).Contains("vector_blocks"))
        {
            connection.Run("UPDATE spaces SET epoch = random()");
        }
    }

    /// <summary>True for a database, and for no file at all.</summary>
    private bool IsReadable()
    {
        if (!File.Exists(Path))
        {
            return true;
        }

        try
        {
            using var connection = connections.OpenAlone();
            connection.Number("SELECT COUNT(*) FROM sqlite_master");
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            return false;
        }
    }

    private int Verify(string copy)
    {
        if (!File.Exists(copy))
        {
            throw SqliteErrors.Make(copy, "restore", "there is no such file in the backup", "Give the folder that a backup wrote. Nothing was changed.");
        }

        try
        {
            using var connection = connections.OpenAlone(copy, SqliteOpenMode.ReadOnly);
            var version = SqliteSchema.ReadKnownVersion(connection, copy);
            return connection.Text("PRAGMA integrity_check(1)") == "ok"
                ? version
                : throw SqliteErrors.Make(copy, "restore", "the backup is damaged", "Use another backup. Nothing was changed.");
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.From(copy, "restore", e);
        }
    }
}
