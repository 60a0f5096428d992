using MemU.Sql;
using MemU.Sqlite;
using MemU.Vectors;

namespace MemU.Conformance.Sqlite;

/// <summary>A SQLite database in a folder of its own, removed afterwards.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memu-sqlite-");

    public SqliteFolder() => Database = new SqliteDatabase(Path.Combine(folder.FullName, "memu.db"), new SqliteOptions(), Rows.Clock);

    public SqliteDatabase Database { get; }

    public string At(string name) => Path.Combine(folder.FullName, name);

    public SqlMemoryStore Store(bool holdsVectors, IVectorSeals? seals = null) => new(Database, holdsVectors, Rows.Clock, seals);

    public void Dispose()
    {
        Database.Dispose();
        folder.Delete(recursive: true);
    }
}
