namespace MemU.Settings;

/// <summary>Where memories are kept.</summary>
public sealed class DatabaseSettings
{
    /// <summary><c>memory</c> or <c>sqlite</c>, ignoring case.</summary>
    public string Provider { get; set; } = "memory";

    /// <summary>The SQLite file.</summary>
    public string SqlitePath { get; set; } = "./data/memu.db";

    /// <summary>
    /// Where <c>sqlite</c> keeps its vectors: a path that ends in <c>.json</c> (the seed's format), <c>json</c> for <c>vectors.json</c> beside the
    /// database, or <c>sqlite</c> for BLOBs in the same file.
    /// </summary>
    public string VectorDbPath { get; set; } = "./data/vectors.json";
}
