namespace MemU.Settings;

/// <summary>Where vectors may be: a JSON file, or a word in place of a path.</summary>
internal static class VectorPlaces
{
    /// <summary>A JSON file beside the database.</summary>
    public const string Json = "json";

    /// <summary>BLOBs in the database itself.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>The word, or null when the value is a path.</summary>
    public static string? WordOf(string value) => value.Trim().ToLowerInvariant() is Json or Sqlite ? value.Trim().ToLowerInvariant() : null;

    /// <summary>The JSON file that the value means.</summary>
    /// <exception cref="ArgumentException">It means none.</exception>
    public static string JsonFile(string value, string sqlitePath) =>
        WordOf(value) == Json ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(sqlitePath)) ?? "", "vectors.json")
        : value.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? value
        : throw new ArgumentException($"The setting database.vector_db_path is '{value}'. Known: json, sqlite, or a path that ends in .json.");
}
