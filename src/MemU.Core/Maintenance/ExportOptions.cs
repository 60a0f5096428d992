namespace MemU.Maintenance;

/// <summary>What an export holds.</summary>
public sealed record ExportOptions
{
    /// <summary>Whether to write the vectors; without them an import embeds anew.</summary>
    public bool Vectors { get; init; } = true;

    /// <summary>Whether to write the bytes of the sources.</summary>
    public bool Content { get; init; } = true;
}
