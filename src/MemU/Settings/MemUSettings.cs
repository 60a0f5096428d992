namespace MemU.Settings;

/// <summary>Everything that can be set, as in <c>memu.json</c>. Hand it to <c>UseSettings</c>, which checks it.</summary>
public sealed class MemUSettings
{
    /// <summary>The tenant when a command names none.</summary>
    public string TenantId { get; set; } = MemoryScope.DefaultId;

    /// <summary>The user when a command names none.</summary>
    public string UserId { get; set; } = MemoryScope.DefaultId;

    /// <summary>The agent when a command names none.</summary>
    public string AgentId { get; set; } = MemoryScope.DefaultId;

    /// <summary>Which models to ask.</summary>
    public LlmSettings Llm { get; set; } = new();

    /// <summary>Where memories are kept.</summary>
    public DatabaseSettings Database { get; set; } = new();

    /// <summary>Where the bytes of sources are kept.</summary>
    public BlobSettings Blob { get; set; } = new();

    /// <summary>Whether what is kept on disk is encrypted.</summary>
    public EncryptionSettings Encryption { get; set; } = new();

    /// <summary>How to memorize.</summary>
    public MemorizeSettings Memorize { get; set; } = new();

    /// <summary>How to retrieve.</summary>
    public RetrieveSettings Retrieve { get; set; } = new();

    /// <summary>How to serve.</summary>
    public ServerSettings Server { get; set; } = new();
}
