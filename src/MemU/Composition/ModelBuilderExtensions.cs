using MemU.Models;
using MemU.Reasoning;
using MemU.Retrieve;
using MemU.Reasoning.Llm;
using MemU.Reasoning.Offline;
using MemU.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MemU;

/// <summary>Chooses the models of a host. Nothing here uses the network; a wrong setting is reported at once.</summary>
public static class ModelBuilderExtensions
{
    /// <summary>
    /// Takes the models that the settings name; what they leave to <c>offline</c> works without a model. A provider without embedding models leaves an
    /// embedding generator that was chosen before as it is.
    /// </summary>
    /// <exception cref="ArgumentException">A setting is wrong or missing; the message names it and the fix.</exception>
    public static MemUBuilder UseModel(this MemUBuilder builder, LlmSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var plan = ModelPlan.From(settings);

        // One set of clients for each choice: a later choice may replace the chat model alone.
        var key = new object();
        builder.Services.AddKeyedSingleton(key, (p, _) => new ModelClients(settings, p.GetRequiredService<TimeProvider>()));
        builder.Services.RemoveAll<IMemoryReasoner>();
        if (plan.Chat is { } chat)
        {
            builder.Services.AddSingleton(p =>
            {
                var clients = p.GetRequiredKeyedService<ModelClients>(key);
                return Reasoner(p, clients.Chat!, $"{chat.Provider.Name}/{chat.Model}", settings, clients.Transcribe);
            });
        }

        if (plan.Embeddings is { } embeddings)
        {
            builder.Services.RemoveAll<EmbeddingModel>();
            builder.Services.AddSingleton(p =>
                new EmbeddingModel(p.GetRequiredKeyedService<ModelClients>(key).Embeddings!, embeddings.Model, isOffline: false, settings.EmbedBatchSize, settings.MaxParallelism));
        }
        else if (!plan.LeavesEmbeddingOpen)
        {
            builder.Services.RemoveAll<EmbeddingModel>();
        }

        builder.Services.TryAddOffline();
        return builder;
    }

    /// <summary>Takes models of OpenAI, or of any service that speaks its protocol when a base URL is given. Such a service may need no key: pass null.</summary>
    public static MemUBuilder UseOpenAI(this MemUBuilder builder, string? apiKey, string? chatModel = null, string? embedModel = null, string? baseUrl = null) =>
        builder.UseModel(new LlmSettings { Provider = ModelProvider.OpenAI.Name, ApiKey = apiKey, ChatModel = chatModel, EmbedModel = embedModel, BaseUrl = baseUrl });

    /// <summary>Takes deployments of Azure OpenAI.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="endpoint">The resource: <c>https://my-resource.openai.azure.com</c>.</param>
    /// <param name="apiKey">Its key.</param>
    /// <param name="chatDeployment">The deployment of a chat model.</param>
    /// <param name="embedDeployment">The deployment of an embedding model.</param>
    public static MemUBuilder UseAzureOpenAI(this MemUBuilder builder, string endpoint, string apiKey, string chatDeployment, string embedDeployment) =>
        builder.UseModel(new LlmSettings { Provider = ModelProvider.AzureOpenAI.Name, BaseUrl = endpoint, ApiKey = apiKey, ChatModel = chatDeployment, EmbedModel = embedDeployment });

    /// <summary>Takes models that Ollama serves, by default on this machine.</summary>
    public static MemUBuilder UseOllama(this MemUBuilder builder, string? chatModel = null, string? embedModel = null, string? baseUrl = null) =>
        builder.UseModel(new LlmSettings { Provider = ModelProvider.Ollama.Name, ChatModel = chatModel, EmbedModel = embedModel, BaseUrl = baseUrl });

    /// <summary>Takes a chat model of Anthropic. It has no embedding models, so texts are embedded offline unless an embedding generator is chosen too.</summary>
    public static MemUBuilder UseAnthropic(this MemUBuilder builder, string apiKey, string? chatModel = null, string? baseUrl = null) =>
        builder.UseModel(new LlmSettings { Provider = ModelProvider.Anthropic.Name, ApiKey = apiKey, ChatModel = chatModel, BaseUrl = baseUrl });

    /// <summary>Takes any chat client. It is not disposed here, and its retries are its own affair.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="client">The client; thread-safe.</param>
    /// <param name="name">The name shown in results: <c>provider/model</c>.</param>
    public static MemUBuilder UseChatClient(this MemUBuilder builder, IChatClient client, string name)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.AddSingleton(p => Reasoner(p, client, name, new LlmSettings(), transcribe: null));
        return builder;
    }

    /// <summary>Takes any embedding generator. It is not disposed here.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="generator">The generator; thread-safe.</param>
    /// <param name="name">The model's id, under which its vectors are stored. Vectors of different ids are never compared.</param>
    public static MemUBuilder UseEmbeddingGenerator(this MemUBuilder builder, IEmbeddingGenerator<string, Embedding<float>> generator, string name)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.AddSingleton(new EmbeddingModel(generator, name, isOffline: false));
        return builder;
    }

    /// <summary>Takes a reranker, for example a cross-encoder on this machine; asked where <see cref="RetrieveOptions.Rerank"/> is on. It is not disposed here.</summary>
    public static MemUBuilder UseReranker(this MemUBuilder builder, IPassageReranker reranker)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(reranker);
        builder.Services.AddSingleton(reranker);
        return builder;
    }

    private static IMemoryReasoner Reasoner(
        IServiceProvider services, IChatClient client, string name, LlmSettings settings, Func<MediaRequest, CancellationToken, Task<string>>? transcribe)
    {
        var frames = new VideoFrames(Path.GetTempPath(), Environment.GetEnvironmentVariable("PATH") ?? "", services.GetRequiredService<TimeProvider>());
        var options = new LlmReasonerOptions
        {
            Prompts = settings.Prompts.ToDictionary(p => p.Key.ToLowerInvariant(), p => p.Value),
            MaxParallelism = settings.MaxParallelism,
            Media = new MediaTools(transcribe, frames.TakeAsync),
        };
        var reasoner = new LlmReasoner(client, name, options, services.GetRequiredService<ILogger<LlmReasoner>>());
        return settings.FallBackToOffline ? new FallbackReasoner(reasoner, new OfflineReasoner(), services.GetRequiredService<ILogger<FallbackReasoner>>()) : reasoner;
    }
}
