using MemU.Models;
using MemU.Reasoning;
using MemU.Reasoning.Llm;
using MemU.Settings;
using MemU.TestSupport;
using Microsoft.Extensions.Logging;

namespace MemU.Tests.Llm;

/// <summary>The real clients and the real reasoner against a scripted server over HTTP, on a clock that need not be waited for.</summary>
internal sealed class ModelUnderTest : IAsyncDisposable
{
    public const string Key = "sk-canary-key-4711";

    private readonly ILoggerFactory loggers;

    private ModelUnderTest(ScriptedModelServer server, LlmSettings settings, LlmReasonerOptions options)
    {
        Server = server;
        Settings = settings;
        Clients = new ModelClients(settings, Time);
        loggers = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        options = options with { MaxParallelism = settings.MaxParallelism, Media = options.Media with { Transcribe = Clients.Transcribe } };
        Reasoner = new LlmReasoner(Clients.Chat!, $"{Clients.Plan.Chat!.Provider.Name}/{Clients.Plan.Chat.Model}", options, loggers.CreateLogger<LlmReasoner>());
    }

    public ScriptedModelServer Server { get; }

    public LlmSettings Settings { get; }

    public SkippingTime Time { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public ModelClients Clients { get; }

    public LlmReasoner Reasoner { get; }

    public ReasoningLog Log { get; } = new();

    public MemoryScope Scope { get; } = new("alice");

    public EmbeddingModel Embeddings => new(Clients.Embeddings!, Clients.Plan.Embeddings!.Model, isOffline: false, Settings.EmbedBatchSize);

    public static async Task<ModelUnderTest> StartAsync(Action<LlmSettings>? configure = null, LlmReasonerOptions? options = null)
    {
        var server = await ScriptedModelServer.StartAsync();
        var settings = new LlmSettings { Provider = "openai", BaseUrl = server.BaseUrl, ApiKey = Key };
        configure?.Invoke(settings);
        return new(server, settings, options ?? new LlmReasonerOptions());
    }

    /// <summary>Conversation passages with ids p1, p2, …; a text may begin with <c>role: </c>.</summary>
    public static IReadOnlyList<Passage> Turns(params string[] texts) => [.. texts.Select((text, i) => new Passage
    {
        Scope = new MemoryScope("alice"),
        Id = $"p{i + 1}",
        ResourceId = "r1",
        Position = i,
        Start = 0,
        Role = i % 2 == 0 ? "user" : "assistant",
        HappenedAt = new DateTimeOffset(2024, 5, 1, 9, i % 60, 0, TimeSpan.Zero),
        Text = text,
    })];

    public static ExtractRequest Extraction(params string[] texts) => new()
    {
        Modality = Modality.Conversation,
        Passages = Turns(texts),
        MemoryTypes = MemoryTypes.Default,
        Categories = [new("preferences", "Likes"), new("work_life", "Work")],
    };

    public Task<Extraction> ExtractAsync(params string[] texts) => Reasoner.ExtractAsync(Scope, Extraction(texts), Log, TestContext.Current.CancellationToken);

    public Task<RetrievalPlan> PlanAsync(string query = "Where does Alice live?") =>
        Reasoner.PlanAsync(Scope, new PlanRequest(query, []), Log, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        loggers.Dispose();
        Clients.Dispose();
        await Server.DisposeAsync();
    }
}
