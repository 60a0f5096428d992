namespace MemU.Reasoning.Llm;

/// <summary>How a chat model is asked.</summary>
internal sealed record LlmReasonerOptions
{
    /// <summary>The caller's own instructions by task; what they replace is only the instruction, never the data or the shape of the answer.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    /// <summary>How many characters of data one prompt may hold.</summary>
    public int MaxPromptChars { get; init; } = 48_000;

    /// <summary>Up to this many characters, a resource is one segment and no model is asked where to split.</summary>
    public int MaxUnsplitChars { get; init; } = 8_000;

    /// <summary>The longest segment, in characters.</summary>
    public int MaxSegmentChars { get; init; } = 16_000;

    /// <summary>How many characters of one candidate, hit or earlier message are shown where only its gist matters.</summary>
    public int MaxGistChars { get; init; } = 600;

    /// <summary>How many calls run at once.</summary>
    public int MaxParallelism { get; init; } = 4;

    /// <summary>The largest image, in bytes.</summary>
    public int MaxImageBytes { get; init; } = 20 << 20;

    /// <summary>What turns speech and film into something a model can take.</summary>
    public MediaTools Media { get; init; } = MediaTools.None;
}
