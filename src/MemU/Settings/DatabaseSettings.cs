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

    /// <summary>How vectors are searched: <c>auto</c>, <c>exact</c> or <c>quantised</c>, ignoring case.</summary>
    public string VectorSearch { get; set; } = "auto";

    /// <summary>
    /// Megabytes (2²⁰ bytes) for vectors of the spaces in use that are kept in SQLite; a quarter of the memory that the process may use when null.
    /// </summary>
    public int? VectorCacheMb { get; set; }

    /// <summary>How many threads may search for one question among many vectors, 1 to 64; as many as there are processors, and four at most, when null.</summary>
    public int? VectorSearchThreads { get; set; }
}
