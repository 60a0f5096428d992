namespace MemU.Contracts;

/// <summary>The first line of an export.</summary>
public sealed record ExportHeaderJson
{
    /// <summary>The value of <see cref="Format"/>.</summary>
    public const string FormatName = "memu-export";

    /// <summary>The version that this code writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 2;

#pragma warning disable CS1591 // the names are the contract
    public required string Format { get; init; }
    public required int Version { get; init; }
    // Set, not initialised: generated code initialises what is missing in a file with nothing.
    public string TenantId { get; set; } = MemoryScope.DefaultId;
    public string UserId { get; set; } = MemoryScope.DefaultId;
    public string AgentId { get; set; } = MemoryScope.DefaultId;
    public double ExportedAt { get; init; }
#pragma warning restore CS1591

    /// <summary>Whether the bytes of the sources are in the file.</summary>
    public bool Content { get; set; } = true;

    /// <summary>Whether the vectors are in the file.</summary>
    public bool Vectors { get; set; } = true;
}
