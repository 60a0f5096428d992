using MemU.Models;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Settings;
using MemU.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Llm;

public sealed class ModelSettingsTests
{
    public static TheoryData<LlmSettings, string[]> Wrong => new()
    {
        { new() { Provider = "gemini", ApiKey = "k" }, ["llm.provider", "gemini", "offline", "openai", "azure-openai", "ollama", "anthropic"] },
        { new() { Provider = "openai" }, ["llm.api_key", "MEMU_LLM_API_KEY", "openai"] },
        { new() { Provider = "openai", ApiKey = "  " }, ["llm.api_key"] },
        { new() { Provider = "anthropic" }, ["llm.api_key"] },
        { new() { Provider = "anthropic", ApiKey = "k", EmbedProvider = "anthropic" }, ["llm.embed_provider", "ollama"] },
        { new() { Provider = "azure-openai", ApiKey = "k", ChatModel = "d", EmbedModel = "e" }, ["llm.base_url", ".openai.azure.com"] },
        { new() { Provider = "azure-openai", BaseUrl = "https://x.openai.azure.com", ChatModel = "d", EmbedModel = "e" }, ["llm.api_key"] },
        { new() { Provider = "azure-openai", BaseUrl = "https://x.openai.azure.com", ApiKey = "k", EmbedModel = "e" }, ["llm.chat_model", "deployment"] },
        { new() { Provider = "azure-openai", BaseUrl = "https://x.openai.azure.com", ApiKey = "k", ChatModel = "d" }, ["llm.embed_model", "deployment"] },
        { new() { Provider = "openai", ApiKey = "k", BaseUrl = "api.openai.com" }, ["llm.base_url", "https://"] },
        { new() { Provider = "openai", ApiKey = "k", BaseUrl = "ftp://host/v1" }, ["llm.base_url"] },
        { new() { Provider = "openai", ApiKey = "k", BaseUrl = "https://user:secret-pw@host/v1" }, ["llm.base_url", "without user and password"] },
        { new() { Provider = "openai", ApiKey = "k", BaseUrl = "https://host/v1?a=b" }, ["llm.base_url"] },
        { new() { Provider = "openai", ApiKey = "k", EmbedBaseUrl = "nonsense" }, ["llm.embed_base_url"] },
        { new() { Provider = "anthropic", ApiKey = "k", EmbedProvider = "openai" }, ["llm.embed_api_key", "MEMU_LLM_EMBED_API_KEY"] },
        { new() { Provider = "openai", ApiKey = "k", EndpointOverrides = new() { ["vision"] = "/x" } }, ["llm.endpoint_overrides", "chat, embeddings, transcriptions"] },
        { new() { Provider = "openai", ApiKey = "k", EndpointOverrides = new() { ["chat"] = "https://evil.example/x" } }, ["llm.endpoint_overrides.chat"] },
        { new() { Provider = "openai", ApiKey = "k", EndpointOverrides = new() { ["chat"] = "//evil.example/x" } }, ["llm.endpoint_overrides.chat"] },
        { new() { Provider = "openai", ApiKey = "k", TimeoutSeconds = 0 }, ["llm.timeout_seconds"] },
        { new() { Provider = "openai", ApiKey = "k", TimeoutSeconds = double.NaN }, ["llm.timeout_seconds"] },
        { new() { Provider = "openai", ApiKey = "k", MaxRetries = -1 }, ["llm.max_retries"] },
        { new() { Provider = "openai", ApiKey = "k", MaxParallelism = 0 }, ["llm.max_parallelism"] },
        { new() { Provider = "openai", ApiKey = "k", EmbedBatchSize = 0 }, ["llm.embed_batch_size"] },
        { new() { Provider = "openai", ApiKey = "k", Prompts = new() { ["guess"] = "x" } }, ["llm.prompts.guess", "extract"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_setting_is_named_with_the_way_to_mend_it_before_anything_is_built(LlmSettings settings, string[] mentions)
    {
        var error = Assert.Throws<ArgumentException>(() => MemUHost.Create(m => m.UseModel(settings)));

        Assert.All(mentions, m => Assert.Contains(m, error.Message));
        Assert.DoesNotContain("secret-pw", error.Message);
    }

    [Fact]
    public void Without_provider_and_key_nothing_is_asked()
    {
        var plan = ModelPlan.From(new());

        Assert.Null(plan.Chat);
        Assert.Null(plan.Embeddings);
        Assert.Null(plan.Transcriptions);
    }

    [Fact]
    public void A_key_alone_means_OpenAI_with_its_usual_models()
    {
        var plan = ModelPlan.From(new() { ApiKey = "k" });

        Assert.Equal(("openai", "gpt-4o-mini", "https://api.openai.com/v1/"), (plan.Chat!.Provider.Name, plan.Chat.Model, plan.Chat.BaseUrl.ToString()));
        Assert.Equal("text-embedding-3-small", plan.Embeddings!.Model);
        Assert.Equal("whisper-1", plan.Transcriptions!.Model);
    }

    [Fact]
    public void Provider_names_ignore_case_and_blanks() => Assert.Equal("ollama", ModelPlan.From(new() { Provider = " OLLAMA " }).Chat!.Provider.Name);

    [Fact]
    public void Anthropic_embeds_offline_unless_told_otherwise()
    {
        Assert.Null(ModelPlan.From(new() { Provider = "anthropic", ApiKey = "k" }).Embeddings);
        Assert.Equal("ollama", ModelPlan.From(new() { Provider = "anthropic", ApiKey = "k", EmbedProvider = "ollama" }).Embeddings!.Provider.Name);
        Assert.Null(ModelPlan.From(new() { Provider = "anthropic", ApiKey = "k" }).Transcriptions);
    }

    [Fact]
    public void Another_embedding_provider_takes_neither_address_nor_key_of_the_chat_model()
    {
        var plan = ModelPlan.From(new() { Provider = "openai", BaseUrl = "https://chat.example/v1", ApiKey = "k", EmbedProvider = "ollama" });

        Assert.Equal("http://localhost:11434/", plan.Embeddings!.BaseUrl.ToString());
        Assert.Null(plan.Embeddings.Key);
    }

    [Theory]
    [InlineData("https://x.openai.azure.com", "https://x.openai.azure.com/openai/v1/")]
    [InlineData("https://x.openai.azure.com/", "https://x.openai.azure.com/openai/v1/")]
    [InlineData("https://x.openai.azure.com/openai", "https://x.openai.azure.com/openai/v1/")]
    [InlineData("https://x.openai.azure.com/openai/v1/", "https://x.openai.azure.com/openai/v1/")]
    [InlineData("https://gateway.example/team", "https://gateway.example/team/openai/v1/")]
    public void Azure_addresses_may_be_written_with_or_without_their_path(string written, string meant) =>
        Assert.Equal(meant, ModelPlan.From(new() { Provider = "azure-openai", BaseUrl = written, ApiKey = "k", ChatModel = "c", EmbedModel = "e" }).Chat!.BaseUrl.ToString());

    [Fact]
    public void A_target_never_shows_its_key() => Assert.DoesNotContain("sk-secret", ModelPlan.From(new() { ApiKey = "sk-secret" }).Chat!.ToString());

    [Fact]
    public void The_vectors_of_a_model_have_its_name_wherever_it_is_served()
    {
        var here = Build(m => m.UseOpenAI("k")).GetRequiredService<EmbeddingModel>();
        var there = Build(m => m.UseOpenAI("k2", baseUrl: "https://gateway.example/v1")).GetRequiredService<EmbeddingModel>();

        Assert.Equal("text-embedding-3-small", here.Name);
        Assert.Equal(here.Name, there.Name);
        Assert.False(here.IsOffline);
    }

    [Fact]
    public void Every_choice_builds_without_a_network()
    {
        Action<MemUBuilder>[] choices =
        [
            m => m.UseOpenAI("k"),
            m => m.UseOpenAI(null, "m", "e", "http://host.invalid/v1"),
            m => m.UseOllama(baseUrl: "http://host.invalid:11434"),
            m => m.UseAnthropic("k", baseUrl: "https://host.invalid").UseOllama(baseUrl: "http://host.invalid"),
            m => m.UseAzureOpenAI("https://host.invalid", "k", "c", "e"),
        ];
        string[] names = ["openai/gpt-4o-mini", "openai/m", "ollama/llama3.2", "ollama/llama3.2", "azure-openai/c"];

        var built = choices.Select(c => Build(c).GetRequiredService<IMemoryReasoner>()).ToList();

        Assert.Equal(names, built.Select(r => r.Name));
        Assert.All(built, r => Assert.False(r.IsOffline));
    }

    [Fact]
    public void The_last_choice_wins()
    {
        var offline = Build(m => m.UseOpenAI("k").UseModel(new()));
        var openai = Build(m => m.UseOffline().UseOpenAI("k"));
        var mixed = Build(m => m.UseOpenAI("k").UseModel(new() { Provider = "offline", EmbedProvider = "ollama" }));

        Assert.Equal(("offline", true), (offline.GetRequiredService<IMemoryReasoner>().Name, offline.GetRequiredService<EmbeddingModel>().IsOffline));
        Assert.Equal(("openai/gpt-4o-mini", "text-embedding-3-small"), (openai.GetRequiredService<IMemoryReasoner>().Name, openai.GetRequiredService<EmbeddingModel>().Name));
        Assert.Equal(("offline", "nomic-embed-text"), (mixed.GetRequiredService<IMemoryReasoner>().Name, mixed.GetRequiredService<EmbeddingModel>().Name));
    }

    [Fact]
    public async Task Chat_and_embedding_model_may_be_chosen_one_after_the_other()
    {
        await using var chat = await ScriptedModelServer.StartAsync();
        await using var embed = await ScriptedModelServer.StartAsync();
        chat.AnswerSensibly();
        await using var host = MemUHost.Create(m => m.UseOllama(baseUrl: embed.Address).UseAnthropic("k", baseUrl: chat.Address));

        await host.OpenSpace("alice").MemorizeAsync(ResourceRef.Text("Alice moved to Graz."), cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(chat.Requests, r => Assert.Equal("/v1/messages", r.Path));
        Assert.All(embed.Requests, r => Assert.Equal("/api/embed", r.Path));
        Assert.NotEmpty(chat.Requests);
        Assert.NotEmpty(embed.Requests);
    }

    [Fact]
    public void A_chat_model_without_embeddings_leaves_the_chosen_ones_alone()
    {
        var kept = Build(m => m.UseOllama(embedModel: "mine").UseAnthropic("k"));
        var none = Build(m => m.UseAnthropic("k"));
        var asked = Build(m => m.UseOllama(embedModel: "mine").UseModel(new() { Provider = "anthropic", ApiKey = "k", EmbedProvider = "offline" }));

        Assert.Equal("mine", kept.GetRequiredService<EmbeddingModel>().Name);
        Assert.True(none.GetRequiredService<EmbeddingModel>().IsOffline);
        Assert.True(asked.GetRequiredService<EmbeddingModel>().IsOffline);
        Assert.All([kept, none, asked], p => Assert.Equal("anthropic/claude-haiku-4-5", p.GetRequiredService<IMemoryReasoner>().Name));
    }

    private static ServiceProvider Build(Action<MemUBuilder> choose)
    {
        var services = new ServiceCollection();
        choose(services.AddMemU());
        return services.BuildServiceProvider();
    }
}
