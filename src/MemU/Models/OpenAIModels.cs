using System.ClientModel;
using System.ClientModel.Primitives;
using MemU.Settings;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using OpenAI.Embeddings;

// The constructors that take an authentication policy are marked as subject to change; without them a server that wants no key would be sent a made-up one.
#pragma warning disable OPENAI001

namespace MemU.Models;

/// <summary>Clients of OpenAI, Azure OpenAI and compatible services, over a given HTTP client that does the repeating.</summary>
internal static class OpenAIModels
{
    public static IChatClient Chat(ModelTarget target, HttpClient http) => new ChatClient(target.Model, Policy(target), Options(target, http)).AsIChatClient();

    public static IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelTarget target, HttpClient http) =>
        new EmbeddingClient(target.Model, Policy(target), Options(target, http)).AsIEmbeddingGenerator();

    public static AudioClient Audio(ModelTarget target, HttpClient http) => new(target.Model, Policy(target), Options(target, http));

    private static OpenAIClientOptions Options(ModelTarget target, HttpClient http) => new()
    {
        Endpoint = target.BaseUrl,
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
    };

    private static AuthenticationPolicy Policy(ModelTarget target) =>
        target.Key is null ? new NoKeyPolicy()
        : target.Provider == ModelProvider.AzureOpenAI ? ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(target.Key), "api-key")
        : ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(target.Key));
}
