namespace MemU.Settings;

/// <summary>How to retrieve, as written in a settings file.</summary>
public sealed class RetrieveSettings
{
    /// <summary><c>rag</c> or <c>llm</c>, trimmed, ignoring case.</summary>
    public string Method { get; set; } = "rag";

    /// <summary>Hits per tier, 1 to 1000.</summary>
    public int TopK { get; set; } = 5;
}
