using System.Runtime.CompilerServices;
using MemU.Reasoning.Llm;
using MemU.Settings;

namespace MemU.Models;

/// <summary>What the settings mean, checked: which model answers, which embeds, which transcribes. A null target means that this is done offline or not at all.</summary>
internal sealed record ModelPlan(ModelTarget? Chat, ModelTarget? Embeddings, ModelTarget? Transcriptions)
{
    private static readonly string[] OverrideNames = ["chat", "embeddings", "transcriptions"];

    /// <summary>True when embedding is done offline only because the provider has no embedding models and nothing else was said.</summary>
    public bool LeavesEmbeddingOpen { get; private init; }

    /// <summary>Checks the settings without using the network.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it and the fix.</exception>
    public static ModelPlan From(LlmSettings settings)
    {
        CheckNumbers(settings);
        CheckNames(settings);
        var provider = Named(settings.Provider) is { } name ? ModelProvider.Parse(name, "llm.provider")
            : string.IsNullOrWhiteSpace(settings.ApiKey) ? ModelProvider.Offline : ModelProvider.OpenAI;
        var chat = Target(settings, provider, settings.BaseUrl, settings.ApiKey, settings.ChatModel ?? provider.ChatModel, "chat", "llm.chat_model", "llm.base_url", "llm.api_key");
        return new(chat, Embedder(settings, provider), Transcriber(settings, provider))
        {
            LeavesEmbeddingOpen = provider == ModelProvider.Anthropic && Named(settings.EmbedProvider) is null,
        };
    }

    private static ModelTarget? Embedder(LlmSettings settings, ModelProvider chatProvider)
    {
        var provider = Named(settings.EmbedProvider) is { } name ? ModelProvider.Parse(name, "llm.embed_provider")
            : Named(settings.EmbedBaseUrl) is not null && chatProvider.EmbedModel is null ? ModelProvider.OpenAI
            : chatProvider == ModelProvider.Anthropic ? ModelProvider.Offline
            : chatProvider;
        if (provider == ModelProvider.Anthropic)
        {
            throw new ArgumentException("llm.embed_provider is 'anthropic', which has no embedding models. Choose openai, azure-openai, ollama or offline.");
        }

        // Another provider has another address and another key; only the same one shares them.
        var same = provider == chatProvider;
        var url = Named(settings.EmbedBaseUrl) ?? (same ? settings.BaseUrl : null);
        var key = Named(settings.EmbedApiKey) ?? (same && (Named(settings.EmbedBaseUrl) is null || SameHost(settings)) ? settings.ApiKey : null);
        return Target(
            settings, provider, url, key, settings.EmbedModel ?? provider.EmbedModel, "embeddings", "llm.embed_model",
            same && Named(settings.EmbedBaseUrl) is null ? "llm.base_url" : "llm.embed_base_url", same && Named(settings.EmbedApiKey) is null ? "llm.api_key" : "llm.embed_api_key");
    }

    private static ModelTarget? Transcriber(LlmSettings settings, ModelProvider provider) => (settings.TranscribeModel ?? provider.TranscribeModel) is { } model
        && (provider == ModelProvider.OpenAI || provider == ModelProvider.AzureOpenAI)
        ? Target(settings, provider, settings.BaseUrl, settings.ApiKey, model, "transcriptions", "llm.transcribe_model", "llm.base_url", "llm.api_key")
        : null;

    private static ModelTarget? Target(
        LlmSettings settings, ModelProvider provider, string? url, string? key, string? model, string use, string modelSetting, string urlSetting, string keySetting)
    {
        if (provider == ModelProvider.Offline)
        {
            return null;
        }

        if (!RuntimeFeature.IsDynamicCodeSupported && (provider == ModelProvider.Anthropic || provider == ModelProvider.Ollama))
        {
            throw NeedsReflection(provider);
        }

        var address = Address(provider, url, urlSetting);
        var hasOwnAddress = Named(url) is not null;
        if (Named(key) is null && (provider == ModelProvider.Anthropic || provider == ModelProvider.AzureOpenAI || (provider == ModelProvider.OpenAI && !hasOwnAddress)))
        {
            throw new ArgumentException($"{keySetting} is missing: {provider.Name} needs a key. Set it in memu.json, as MEMU_{keySetting.ToUpperInvariant().Replace('.', '_')} or in code, or choose the provider 'offline'.");
        }

        if (Named(model) is null)
        {
            throw new ArgumentException($"{modelSetting} is missing: {provider.Name} has no default model. Name {(provider == ModelProvider.AzureOpenAI ? "your deployment" : "a model")}.");
        }

        return new(provider, model!.Trim(), address, Named(key), Override(settings, use), modelSetting, urlSetting, keySetting);
    }

    /// <summary>The error of a provider whose client a program compiled ahead of time cannot have.</summary>
    public static ArgumentException NeedsReflection(ModelProvider provider) => new(
        $"The provider '{provider.Name}' is not in a program compiled ahead of time: its client is written for one that is compiled while it runs. Use the usual build, or "
        + $"the provider 'openai' and as the base URL an address of yours that speaks its protocol{(provider == ModelProvider.Ollama ? ", for Ollama http://localhost:11434/v1" : "")}.");

    private static Uri Address(ModelProvider provider, string? url, string setting)
    {
        var text = Named(url) ?? provider.BaseUrl
            ?? throw new ArgumentException($"{setting} is missing: {provider.Name} needs the address of your resource, for example https://my-resource.openai.azure.com.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new ArgumentException($"{setting} is not an http or https address{(uri?.UserInfo.Length > 0 ? " without user and password" : uri?.Query.Length > 0 ? " without a query" : "")}. Write it like https://api.openai.com/v1.");
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        if (provider == ModelProvider.AzureOpenAI && !path.EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase))
        {
            path = path.EndsWith("/openai", StringComparison.OrdinalIgnoreCase) ? $"{path}/v1" : $"{path}/openai/v1";
        }
        else if (provider == ModelProvider.Anthropic && path.EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
        {
            path = path[..^3];
        }

        return new UriBuilder(uri) { Path = path + "/" }.Uri;
    }

    private static string? Override(LlmSettings settings, string use)
    {
        var path = settings.EndpointOverrides.FirstOrDefault(o => string.Equals(o.Key, use, StringComparison.OrdinalIgnoreCase)).Value;
        return Named(path)?.TrimStart('/');
    }

    private static void CheckNames(LlmSettings settings)
    {
        foreach (var (name, path) in settings.EndpointOverrides)
        {
            if (!OverrideNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"llm.endpoint_overrides names '{name}'. Known: {string.Join(", ", OverrideNames)}.");
            }

            if (path.Contains("//", StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal))
            {
                throw new ArgumentException($"llm.endpoint_overrides.{name} must be a path below the base URL, for example /chat/completions.");
            }
        }

        foreach (var (task, text) in settings.Prompts)
        {
            if (!LlmReasoner.Tasks.Contains(task, StringComparer.OrdinalIgnoreCase) || string.IsNullOrWhiteSpace(text))
            {
                throw new ArgumentException($"llm.prompts.{task} is {(string.IsNullOrWhiteSpace(text) ? "blank" : "no known task")}. Tasks: {string.Join(", ", LlmReasoner.Tasks)}.");
            }
        }
    }

    private static void CheckNumbers(LlmSettings settings)
    {
        Within(settings.TimeoutSeconds is >= 0.01 and <= 86_400, "timeout_seconds", settings.TimeoutSeconds, "a number of seconds from 0.01 to 86400");
        Within(settings.MaxRetries is >= 0 and <= 20, "max_retries", settings.MaxRetries, "from 0 to 20");
        Within(settings.MaxParallelism is >= 1 and <= 256, "max_parallelism", settings.MaxParallelism, "from 1 to 256");
        Within(settings.EmbedBatchSize is >= 1 and <= 2048, "embed_batch_size", settings.EmbedBatchSize, "from 1 to 2048");
    }

    private static void Within(bool ok, string setting, double value, string range)
    {
        if (!ok)
        {
            throw new ArgumentException(FormattableString.Invariant($"llm.{setting} is {value}; it must be {range}."));
        }
    }

    private static bool SameHost(LlmSettings settings) =>
        Uri.TryCreate(settings.BaseUrl, UriKind.Absolute, out var chat) && Uri.TryCreate(settings.EmbedBaseUrl, UriKind.Absolute, out var embed)
        && chat.Authority == embed.Authority && chat.Scheme == embed.Scheme;

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
