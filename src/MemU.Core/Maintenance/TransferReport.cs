namespace MemU.Maintenance;

/// <summary>What an export or import moved.</summary>
public sealed record TransferReport
{
    /// <summary>Records by type: <c>resource</c>, <c>passage</c>, <c>item</c>, <c>category</c>, <c>relation</c>, <c>history</c>, <c>vector</c>, <c>blob</c>.</summary>
    public required IReadOnlyDictionary<string, long> Records { get; init; }

    /// <summary>Records that were there already.</summary>
    public long Unchanged { get; init; }

    /// <summary>What was worked around, in plain words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
