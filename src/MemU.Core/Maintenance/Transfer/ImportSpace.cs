using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>The space that imports, and what is known about how the file's records fit into it. Not thread-safe.</summary>
internal sealed class ImportSpace(MemoryScope scope, ExportHeaderJson header)
{
    /// <summary>The space.</summary>
    public MemoryScope Scope { get; } = scope;

    /// <summary>The first line of the file.</summary>
    public ExportHeaderJson Header { get; } = header;

    /// <summary>The ids in the space.</summary>
    public IdMap Ids { get; } = new(scope, new MemoryScope(header.UserId, header.AgentId, header.TenantId));

    /// <summary>Resources of the space, by id, that stay as they are: what the file holds for them is left out.</summary>
    public HashSet<string> LeftAlone { get; } = new(StringComparer.Ordinal);

    /// <summary>The notes by hand of the space when the file's notes are to be added to them.</summary>
    public string? MergedNotes { get; set; }

    /// <summary>
    /// How many of the records that have no counterpart here point nowhere: what belongs to a source that was left alone has none, and that is as it
    /// should be.
    /// </summary>
    public long Dangling(long unmatched) => LeftAlone.Count > 0 ? 0 : unmatched;

    /// <summary>The counts.</summary>
    public ImportTally Tally { get; } = new();
}
