using System.Runtime.CompilerServices;
using Anthropic;
using MemU.Reasoning;
using MemU.Reasoning.Llm;
using MemU.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Http.Resilience;
using OllamaSharp;

namespace MemU.Models;

/// <summary>The clients that the settings ask for. Making them uses no network. Thread-safe; disposed with the host.</summary>
internal sealed class ModelClients : IDisposable
{
    private const int AnthropicMaxOutputTokens = 8_192;

    private readonly LlmSettings settings;
    private readonly SocketsHttpHandler sockets = new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false };
    private readonly Polly.ResiliencePipeline<HttpResponseMessage> resilience;
    private readonly List<IDisposable> owned = [];

    /// <summary>Checks the settings and makes the clients.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it and the fix.</exception>
    public ModelClients(LlmSettings settings, TimeProvider time)
    {
        this.settings = settings;
        Plan = ModelPlan.From(settings);
        resilience = ModelResilience.Build(settings, time);
        Chat = Plan.Chat is { } chat ? Own(ChatClientFor(chat)) : null;
        Embeddings = Plan.Embeddings is { } embed ? Own(new ClippedInputs(GeneratorFor(embed))) : null;
        Transcribe = Plan.Transcriptions is { } speech ? new Transcriber(OpenAIModels.Audio(speech, Http(speech)), speech).TranscribeAsync : null;
    }

    public ModelPlan Plan { get; }

    /// <summary>The chat client; null when the settings ask for none.</summary>
    public IChatClient? Chat { get; }

    /// <summary>The embedding generator; null when embedding is done offline.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; }

    /// <summary>Writes down speech; null when the provider has no such model.</summary>
    public Func<MediaRequest, CancellationToken, Task<string>>? Transcribe { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var client in owned)
        {
            client.Dispose();
        }

        sockets.Dispose();
    }

    private IChatClient ChatClientFor(ModelTarget target) => target.Provider.Name switch
    {
        "ollama" or "anthropic" => RuntimeFeature.IsDynamicCodeSupported ? ReflectingChatClientFor(target) : throw ModelPlan.NeedsReflection(target.Provider),
        _ => OpenAIModels.Chat(target, Http(target)),
    };

    private IEmbeddingGenerator<string, Embedding<float>> GeneratorFor(ModelTarget target) => target.Provider.Name switch
    {
        "ollama" => RuntimeFeature.IsDynamicCodeSupported ? OllamaFor(target) : throw ModelPlan.NeedsReflection(target.Provider),
        _ => OpenAIModels.Embeddings(target, Http(target)),
    };

    // These clients look up what they write and read by reflection. A program compiled ahead of time leaves them out, because the compiler knows that there is no dynamic code in it.
    private IChatClient ReflectingChatClientFor(ModelTarget target) => target.Provider == ModelProvider.Ollama
        ? new OllamaContext(OllamaFor(target))
        : AnthropicFor(target).AsIChatClient(target.Model, AnthropicMaxOutputTokens);

    private OllamaApiClient OllamaFor(ModelTarget target) => new(Http(target), target.Model);

    private AnthropicClient AnthropicFor(ModelTarget target) => new()
    {
        ApiKey = target.Key,
        BaseUrl = target.BaseUrl.ToString().TrimEnd('/'),
        HttpClient = Http(target),
        MaxRetries = 0,
        Timeout = TimeSpan.FromDays(1),
        OpenTelemetry = false,
    };

    // From the outside in: errors in plain words, repetition, the configured path, the whole answer, the wire. The wire is shared, so no client disposes it.
    private HttpClient Http(ModelTarget target)
    {
        HttpMessageHandler handler = new BufferingHandler(sockets);
        if (target.Override is { } path)
        {
            handler = new EndpointOverrideHandler(target.BaseUrl, path) { InnerHandler = handler };
        }

        handler = new ResilienceHandler(resilience) { InnerHandler = handler };
        var client = new HttpClient(new ProviderErrorHandler(target, settings, handler), disposeHandler: false) { BaseAddress = target.BaseUrl, Timeout = Timeout.InfiniteTimeSpan };
        owned.Add(client);
        return client;
    }

    private T Own<T>(T client)
        where T : IDisposable
    {
        owned.Insert(0, client);
        return client;
    }
}
