namespace MemU.Settings;

/// <summary>A kind of model provider and what is usual with it.</summary>
/// <param name="Name">The name used in settings and results.</param>
/// <param name="BaseUrl">Where it is reached when no address is set; null when one must be set.</param>
/// <param name="ChatModel">The chat model when none is set; null when one must be set.</param>
/// <param name="EmbedModel">The embedding model when none is set; null when it has none or one must be set.</param>
/// <param name="TranscribeModel">The transcription model when none is set; null when it has none.</param>
internal sealed record ModelProvider(string Name, string? BaseUrl, string? ChatModel, string? EmbedModel, string? TranscribeModel)
{
    public static ModelProvider OpenAI { get; } = new("openai", "https://api.openai.com/v1", "gpt-4o-mini", "text-embedding-3-small", "whisper-1");

    public static ModelProvider AzureOpenAI { get; } = new("azure-openai", null, null, null, "whisper-1");

    public static ModelProvider Ollama { get; } = new("ollama", "http://localhost:11434", "llama3.2", "nomic-embed-text", null);

    public static ModelProvider Anthropic { get; } = new("anthropic", "https://api.anthropic.com", "claude-haiku-4-5", null, null);

    public static ModelProvider Offline { get; } = new("offline", null, null, null, null);

    public static IReadOnlyList<ModelProvider> All { get; } = [Offline, OpenAI, AzureOpenAI, Ollama, Anthropic];

    /// <summary>Finds a provider by name, ignoring case and surrounding blanks.</summary>
    /// <exception cref="ArgumentException">It is not known; the message names the setting and lists the known ones.</exception>
    public static ModelProvider Parse(string name, string setting) =>
        All.FirstOrDefault(p => string.Equals(p.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"{setting} is '{name}', which is no known provider. Known: {string.Join(", ", All.Select(p => p.Name))}. For any OpenAI-compatible service take 'openai' and set its address as the base URL.");
}
