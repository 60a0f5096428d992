using MemU.Sql;
using MemU.Sqlite;

namespace MemU.Conformance.Sqlite;

/// <summary>A SQLite database in a folder of its own, removed afterwards.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memu-sqlite-");

    public SqliteFolder() => Database = new SqliteDatabase(Path.Combine(folder.FullName, "memu.db"), new SqliteOptions(), Rows.Clock);

    public SqliteDatabase Database { get; }

    public SqlMemoryStore Store(bool holdsVectors) => new(Database, holdsVectors, Rows.Clock);

    public void Dispose()
    {
        Database.Dispose();
        folder.Delete(recursive: true);
    }
}
