namespace MemU.Settings;

/// <summary>Where the bytes of sources are kept.</summary>
public sealed class BlobSettings
{
    /// <summary><c>local</c> or <c>memory</c>, ignoring case. Null: wherever the database is (<c>local</c> beside sqlite, else <c>memory</c>).</summary>
    public string? Provider { get; set; }

    /// <summary>The folder of <c>local</c>.</summary>
    public string ResourcesDir { get; set; } = "./data/resources";
}
