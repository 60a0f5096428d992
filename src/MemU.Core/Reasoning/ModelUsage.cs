namespace MemU.Reasoning;

/// <summary>What models were asked in one operation. All zero offline.</summary>
public sealed record ModelUsage
{
    /// <summary>Chat, vision and transcription calls that were answered.</summary>
    public int Calls { get; init; }

    /// <summary>Embedding requests that were answered.</summary>
    public int EmbeddingCalls { get; init; }

    /// <summary>Tokens sent to chat models, as they count them.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens written by chat models.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Tokens sent to embedding models.</summary>
    public long EmbeddingTokens { get; init; }

    /// <summary>Time spent waiting for models, summed over parallel calls.</summary>
    public TimeSpan ModelTime { get; init; }
}
