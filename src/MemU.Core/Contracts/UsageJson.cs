using MemU.Reasoning;

namespace MemU.Contracts;

/// <summary>What models were asked, in JSON.</summary>
public sealed record UsageJson
{
#pragma warning disable CS1591 // the names are the contract
    public required int Calls { get; init; }
    public required int EmbeddingCalls { get; init; }
    public required long InputTokens { get; init; }
    public required long OutputTokens { get; init; }
    public required long EmbeddingTokens { get; init; }
    public required double ModelSeconds { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static UsageJson From(ModelUsage u) => new()
    {
        Calls = u.Calls, EmbeddingCalls = u.EmbeddingCalls, InputTokens = u.InputTokens, OutputTokens = u.OutputTokens,
        EmbeddingTokens = u.EmbeddingTokens, ModelSeconds = Math.Round(u.ModelTime.TotalSeconds, 3),
    };
}
