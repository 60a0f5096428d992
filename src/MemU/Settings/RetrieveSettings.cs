using MemU.Retrieve;

namespace MemU.Settings;

/// <summary>How to retrieve, as written in a settings file.</summary>
public sealed class RetrieveSettings
{
    /// <summary><c>rag</c> or <c>llm</c>, trimmed, ignoring case.</summary>
    public string Method { get; set; } = "rag";

    /// <summary>Hits per tier, 1 to 1000.</summary>
    public int TopK { get; set; } = 5;

    /// <summary>The options that these settings describe.</summary>
    /// <exception cref="ArgumentException">A value is wrong; the message names the setting and what it may be.</exception>
    public RetrieveOptions ToOptions() => new()
    {
        Method = ProviderName.Of("retrieve.method", Method, "rag", "llm") == "llm" ? RetrieveMethod.Llm : RetrieveMethod.Rag,
        TopK = TopK is >= 1 and <= RetrieveOptions.MaxTopK
            ? TopK
            : throw new ArgumentException($"The setting retrieve.top_k is {TopK}; it must be from 1 to {RetrieveOptions.MaxTopK}."),
    };
}
