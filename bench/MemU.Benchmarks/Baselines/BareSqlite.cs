using System.Runtime.InteropServices;
using MemU.Benchmarks.Data;
using MemU.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemU.Benchmarks.Baselines;

/// <summary>What SQLite itself needs: one table of (id, summary, vector), one connection that stays open, prepared statements, nothing else.</summary>
internal sealed class BareSqlite : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteParameter[] values;

    public BareSqlite(string folder, SqliteDurability durability)
    {
        Directory.CreateDirectory(folder);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "bare.db"), Pooling = false }.ToString());
        connection.Open();
        Run($"PRAGMA journal_mode = WAL; PRAGMA synchronous = {(durability == SqliteDurability.Full ? "FULL" : "NORMAL")};");
        Run("CREATE TABLE IF NOT EXISTS items (id TEXT NOT NULL PRIMARY KEY, summary TEXT NOT NULL, vector BLOB NOT NULL)");
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO items (id, summary, vector) VALUES (@id, @summary, @vector)";
        values = [insert.Parameters.Add("@id", SqliteType.Text), insert.Parameters.Add("@summary", SqliteType.Text), insert.Parameters.Add("@vector", SqliteType.Blob)];
        insert.Prepare();
    }

    /// <summary>Rows in one transaction.</summary>
    public void Insert(IEnumerable<(string Id, string Summary, float[] Vector)> rows)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        insert.Transaction = transaction;
        foreach (var (id, summary, vector) in rows)
        {
            values[0].Value = id;
            values[1].Value = summary;
            values[2].Value = MemoryMarshal.AsBytes(vector.AsSpan()).ToArray();
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>The rows with these numbers, made one by one.</summary>
    public void Fill(ClusteredVectors vectors, long first, int count) =>
        Insert(Enumerable.Range(0, count).Select(i => (NumberedIds.Of(first + i), BenchItems.Summary(first + i), vectors[first + i])));

    /// <summary>Reads every BLOB of a file made here into one array, with a connection of its own. Returns the number of floats.</summary>
    public static long ReadAll(string folder, float[] into)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "bare.db"), Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT vector FROM items";
        using var reader = command.ExecuteReader();
        var bytes = MemoryMarshal.AsBytes(into.AsSpan());
        var at = 0;
        while (reader.Read())
        {
            var blob = SQLitePCL.raw.sqlite3_column_blob(reader.Handle, 0);
            blob.CopyTo(bytes[at..]);
            at += blob.Length;
        }

        return at / sizeof(float);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
