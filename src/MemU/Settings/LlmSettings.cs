namespace MemU.Settings;

/// <summary>Which models to ask. A null part takes its provider's default.</summary>
public sealed class LlmSettings
{
    /// <summary>
    /// <c>offline</c>, <c>openai</c> (also any OpenAI-compatible endpoint by <see cref="BaseUrl"/>), <c>azure-openai</c>, <c>ollama</c> or
    /// <c>anthropic</c>, ignoring case. Null: <c>openai</c> when there is a key, else <c>offline</c>.
    /// </summary>
    public string? Provider { get; set; }

    /// <summary>The endpoint; <c>https://api.openai.com/v1</c> for openai.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The key. Also read from MEMU_LLM_API_KEY and OPENAI_API_KEY by the command line.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The chat model; null for the provider's default: <c>gpt-4o-mini</c> for openai.</summary>
    public string? ChatModel { get; set; }

    /// <summary>The embedding model; null for the default of the provider that embeds: <c>text-embedding-3-small</c> for openai.</summary>
    public string? EmbedModel { get; set; }

    /// <summary>Who embeds, when it is not <see cref="Provider"/>: the same names, <c>offline</c> included (the default for anthropic).</summary>
    public string? EmbedProvider { get; set; }

    /// <summary>The endpoint of the embedding model, when it is another one.</summary>
    public string? EmbedBaseUrl { get; set; }

    /// <summary>The key of the embedding model, when it is another one.</summary>
    public string? EmbedApiKey { get; set; }

    /// <summary>The model that writes down speech; null for the provider's default: <c>whisper-1</c> for openai.</summary>
    public string? TranscribeModel { get; set; }

    /// <summary>Paths that replace the usual ones below the base URL: <c>chat</c>, <c>embeddings</c>, <c>transcriptions</c>.</summary>
    public Dictionary<string, string> EndpointOverrides { get; set; } = [];

    /// <summary>Seconds until one attempt at a call is given up.</summary>
    public double TimeoutSeconds { get; set; } = 100;

    /// <summary>How often a call is tried again after 429, 5xx, a timeout or a dropped connection.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>How many calls run at once.</summary>
    public int MaxParallelism { get; set; } = 4;

    /// <summary>Texts per embedding request.</summary>
    public int EmbedBatchSize { get; set; } = 100;

    /// <summary>
    /// Whether to work offline for a call when the chat model fails; the result says so. Off: the failure is reported. Embedding is never replaced,
    /// since vectors of different models cannot be compared.
    /// </summary>
    public bool FallBackToOffline { get; set; }

    /// <summary>The caller's own prompts by task: <c>segment</c>, <c>extract</c>, <c>summarize</c>, <c>plan</c>, <c>rank</c>, <c>judge</c>, <c>describe</c>.</summary>
    public Dictionary<string, string> Prompts { get; set; } = [];
}
