using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Sqlite;

/// <summary>A folder for one database file, opened as often as a test likes, as several processes would.</summary>
internal sealed class SqliteHouse : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memu-sqlite-");
    private readonly List<SqliteDatabase> opened = [];

    public static MemoryScope Alice { get; } = new("alice", "assistant_v1");

    public static MemoryScope Bob { get; } = new("bob", "assistant_v1");

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 11, 3, 9, 0, 0, TimeSpan.Zero));

    /// <summary>What measures how old a look at the files is: so that none counts, unless a test says otherwise.</summary>
    public TimeProvider Looks { get; set; } = new HastyClock();

    public string Folder => folder.FullName;

    public string File => Path.Combine(Folder, "memu.db");

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order();

    public SqlMemoryStore Open(string? file = null, bool holdsVectors = false) => new(OpenDatabase(file), holdsVectors, Clock);

    public SqliteVectorIndex OpenIndex(long cacheBytes = long.MaxValue) => new(OpenDatabase(), new SpaceVectorsCache(cacheBytes, VectorSearchMode.Auto));

    public SqliteDatabase OpenDatabase(string? file = null)
    {
        var database = new SqliteDatabase(file ?? File, new SqliteOptions(), Clock, looks: Looks);
        opened.Add(database);
        return database;
    }

    public string SubFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    /// <summary>Closes everything that was opened.</summary>
    public void Close()
    {
        opened.ForEach(d => d.Dispose());
        opened.Clear();
    }

    public byte[] ReadBytes() => System.IO.File.ReadAllBytes(File);

    /// <summary>Another program at the file, without foreign keys, as the Python code is.</summary>
    public void Run(string sql, string? file = null)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public List<string> Query(string sql, string? file = null)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetString(i))));
        }

        return rows;
    }

    /// <summary>Makes the file as an older version of the schema had it, with these rows.</summary>
    public void MakeVersion(int version, string rows)
    {
        var steps = SqlMigration.Load(typeof(SqliteSchema).Assembly, "MemU.Sqlite.Migrations.").Where(m => m.Version <= version).ToList();
        Run("CREATE TABLE memu_schema (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at REAL NOT NULL)");
        foreach (var step in steps)
        {
            Run(step.Script);
            Run($"INSERT INTO memu_schema VALUES ({step.Version}, '{step.Name}', 1.0)");
        }

        Run(rows);
    }

    /// <summary>One resource with one passage, an item on a category's page, and a vector for the item.</summary>
    public MemoryChanges Sample(MemoryScope scope, IdSource ids, string words = "I sail on Sundays.")
    {
        var resource = new Resource
        {
            Scope = scope, Id = ids.Next(), Url = "text:" + ids.Next(), Modality = Modality.Text, LocalPath = "", CreatedAt = Clock.GetUtcNow(),
        };
        var passage = new Passage { Scope = scope, Id = ids.Next(), ResourceId = resource.Id, Position = 0, Start = 0, Text = words };
        var item = new MemoryItem
        {
            Scope = scope, Id = ids.Next(), ResourceId = resource.Id, MemoryType = MemoryTypes.Profile, Summary = words,
            CreatedAt = Clock.GetUtcNow(), PassageIds = [passage.Id],
        };
        var category = new MemoryCategory { Scope = scope, Id = ids.Next(), Name = ids.Next(), Description = "", CreatedAt = Clock.GetUtcNow() };
        return new MemoryChanges
        {
            Resources = [new ResourceWrite(resource)],
            Passages = [passage],
            Categories = [category],
            Items = [item],
            Links = [new CategoryItem(scope, item.Id, category.Id)],
            Vectors = [new VectorRecord { Collection = VectorCollections.Items, Id = item.Id, Vector = new float[] { 1, 2, 2 }, Text = words, Model = "m" }],
        };
    }

    public void Dispose()
    {
        Close();
        folder.Delete(recursive: true);
    }

    private SqliteConnection Connect(string? file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file ?? File, Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        return connection;
    }
}
