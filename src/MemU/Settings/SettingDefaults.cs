using MemU.Memorize;

namespace MemU.Settings;

/// <summary>What a setting that nobody set amounts to, so that a list of settings shows what is in effect.</summary>
internal static class SettingDefaults
{
    /// <summary>The value in effect; null when there is none.</summary>
    public static object? Of(string name, MemUSettings settings)
    {
        var provider = Provider(settings.Llm);
        return name switch
        {
            "llm.provider" => provider.Name,
            "llm.base_url" => Models(provider).BaseUrl,
            "llm.chat_model" => Models(provider).ChatModel,
            "llm.embed_model" => Models(provider).EmbedModel,
            "llm.transcribe_model" => Models(provider).TranscribeModel,
            "llm.embed_provider" => (provider == ModelProvider.Anthropic ? ModelProvider.Offline : provider).Name,
            "blob.provider" => string.Equals(settings.Database.Provider.Trim(), "memory", StringComparison.OrdinalIgnoreCase) ? "memory" : "local",
            "memorize.memory_types" => MemoryTypes.Default.ToList(),
            "memorize.memory_categories" => DefaultCategories.All.Select(c => new CategorySettings { Name = c.Name, Description = c.Description }).ToList(),
            _ => null,
        };
    }

    /// <summary>An unknown name is reported where the settings are used; here it has no defaults.</summary>
    private static ModelProvider Provider(LlmSettings llm) =>
        string.IsNullOrWhiteSpace(llm.Provider)
            ? string.IsNullOrWhiteSpace(llm.ApiKey) ? ModelProvider.Offline : ModelProvider.OpenAI
            : ModelProvider.All.FirstOrDefault(p => string.Equals(p.Name, llm.Provider.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? new ModelProvider(llm.Provider.Trim(), null, null, null, null);

    /// <summary>Offline shows the models that a key would bring.</summary>
    private static ModelProvider Models(ModelProvider provider) => provider == ModelProvider.Offline ? ModelProvider.OpenAI : provider;
}
