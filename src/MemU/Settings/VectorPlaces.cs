namespace MemU.Settings;

/// <summary>The words that may stand in place of a path for vectors.</summary>
internal static class VectorPlaces
{
    /// <summary>A JSON file beside the database.</summary>
    public const string Json = "json";

    /// <summary>BLOBs in the database itself.</summary>
    public const string Sqlite = "sqlite";

    public static bool IsWord(string value) => value.Trim().ToLowerInvariant() is Json or Sqlite;
}
