namespace MemU.Contracts;

/// <summary>What became of one source of a batch, in JSON: a result or an error.</summary>
public sealed record BatchEntryJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string Source { get; init; }

    /// <summary><c>added</c>, <c>unchanged</c>, <c>replaced</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }
    public MemorizeResultJson? Result { get; init; }
    public ErrorBodyJson? Error { get; init; }
#pragma warning restore CS1591
}
