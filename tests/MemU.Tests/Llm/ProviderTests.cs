using MemU.Reasoning;
using MemU.TestSupport;

namespace MemU.Tests.Llm;

public sealed class ProviderTests
{
    [Fact]
    public async Task OpenAI_gets_the_key_as_a_bearer_token_at_its_usual_paths()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.AnswerSensibly();

        await model.PlanAsync();
        await EmbedAsync(model, "a");

        Assert.Equal(["/v1/chat/completions", "/v1/embeddings"], model.Server.Requests.Select(r => r.Path));
        Assert.All(model.Server.Requests, r => Assert.Equal($"Bearer {ModelUnderTest.Key}", r.Headers["Authorization"]));
        Assert.Equal("text-embedding-3-small", model.Server.Requests[1].Json["model"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_compatible_server_without_a_key_is_sent_none()
    {
        await using var model = await ModelUnderTest.StartAsync(s => (s.ApiKey, s.ChatModel, s.EmbedModel) = (null, "my-model", "my-embedder"));
        model.Server.AnswerSensibly();

        await model.PlanAsync();
        await EmbedAsync(model, "a");

        Assert.All(model.Server.Requests, r => Assert.DoesNotContain("Authorization", r.Headers.Keys));
        Assert.Equal(["my-model", "my-embedder"], model.Server.Requests.Select(r => r.Json["model"]!.GetValue<string>()));
        Assert.Equal("openai/my-model", model.Reasoner.Name);
    }

    [Fact]
    public async Task Azure_is_called_by_deployment_with_its_own_header()
    {
        await using var model = await ModelUnderTest.StartAsync(s =>
            (s.Provider, s.BaseUrl, s.ChatModel, s.EmbedModel) = ("Azure-OpenAI", s.BaseUrl![..^3], "my-chat", "my-embed"));
        model.Server.AnswerSensibly();

        await model.PlanAsync();
        await EmbedAsync(model, "a");

        Assert.Equal(["/openai/v1/chat/completions", "/openai/v1/embeddings"], model.Server.Requests.Select(r => r.Path));
        Assert.All(model.Server.Requests, r => Assert.Equal(ModelUnderTest.Key, r.Headers["api-key"]));
        Assert.All(model.Server.Requests, r => Assert.DoesNotContain("Authorization", r.Headers.Keys));
        Assert.Equal(["my-chat", "my-embed"], model.Server.Requests.Select(r => r.Json["model"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Ollama_is_asked_in_its_own_language()
    {
        await using var model = await ModelUnderTest.StartAsync(s => (s.Provider, s.BaseUrl, s.ApiKey) = ("ollama", s.BaseUrl![..^3], null));
        model.Server.AnswerSensibly();

        var plan = await model.PlanAsync();
        var vectors = await EmbedAsync(model, "red house", "blue sky");

        Assert.True(plan.NeedsRetrieval);
        Assert.Equal(["/api/chat", "/api/embed"], model.Server.Requests.Select(r => r.Path));
        Assert.Equal(["llama3.2", "nomic-embed-text"], model.Server.Requests.Select(r => r.Json["model"]!.GetValue<string>()));
        Assert.Equal([WordVectors.Of("red house", 64), WordVectors.Of("blue sky", 64)], vectors.Select(v => v.ToArray()));
        Assert.True(model.Log.Usage.InputTokens > 0);
    }

    [Fact]
    public async Task Ollama_is_asked_for_a_context_that_holds_the_prompt()
    {
        await using var model = await ModelUnderTest.StartAsync(s => (s.Provider, s.BaseUrl) = ("ollama", s.BaseUrl![..^3]));
        model.Server.AnswerSensibly();

        await model.ExtractAsync("Short.");
        await model.ExtractAsync(new string('字', 14_000));

        Assert.Equal([8_192, 32_768], model.Server.Chats.Select(c => c.Json["options"]!["num_ctx"]!.GetValue<int>()));
        Assert.All(model.Server.Chats, c => Assert.Equal("json", c.Json["format"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Anthropic_is_asked_in_its_own_language()
    {
        await using var model = await ModelUnderTest.StartAsync(s => (s.Provider, s.BaseUrl) = ("anthropic", s.BaseUrl));
        model.Server.AnswerSensibly();

        var plan = await model.PlanAsync();

        Assert.True(plan.NeedsRetrieval);
        var sent = Assert.Single(model.Server.Requests);
        Assert.StartsWith("/v1/messages", sent.Path);
        Assert.Contains(ModelUnderTest.Key, sent.Headers.Values.Single(v => v.Contains(ModelUnderTest.Key, StringComparison.Ordinal)));
        Assert.Equal("claude-haiku-4-5", sent.Json["model"]!.GetValue<string>());
        Assert.Equal("anthropic/claude-haiku-4-5", model.Reasoner.Name);
        Assert.Null(model.Clients.Embeddings);
        Assert.True(model.Log.Usage.OutputTokens > 0);
    }

    [Theory]
    [InlineData("ollama", 401, "llm.api_key")]
    [InlineData("anthropic", 401, "llm.api_key")]
    [InlineData("ollama", 404, "llm.chat_model")]
    [InlineData("anthropic", 404, "llm.chat_model")]
    [InlineData("azure-openai", 401, "llm.api_key")]
    public async Task Every_provider_fails_in_the_same_words(string provider, int status, string hint)
    {
        await using var model = await ModelUnderTest.StartAsync(s =>
            (s.Provider, s.BaseUrl, s.ChatModel, s.EmbedModel, s.EmbedProvider) = (provider, s.BaseUrl![..^3], "m1", "m2", "offline"));
        model.Server.Always(ScriptedReply.Status(status, message: $"{ModelUnderTest.Key} zebra"));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync("zebra"));

        Assert.Contains(provider, error.Message);
        Assert.Contains("m1", error.Message);
        Assert.Contains(hint, error.Message);
        Assert.DoesNotContain("zebra", error.ToString());
        Assert.DoesNotContain(ModelUnderTest.Key, error.ToString());
        Assert.Single(model.Server.Requests);
    }

    [Theory]
    [InlineData("ollama")]
    [InlineData("anthropic")]
    [InlineData("azure-openai")]
    public async Task Every_provider_is_asked_again_by_the_same_rule(string provider)
    {
        await using var model = await ModelUnderTest.StartAsync(s =>
            (s.Provider, s.BaseUrl, s.ChatModel, s.EmbedModel, s.EmbedProvider, s.MaxRetries) = (provider, s.BaseUrl![..^3], "m1", "m2", "offline", 2));
        model.Server.Reply(ScriptedReply.Status(429, retryAfter: "3"), ScriptedReply.Drop()).AnswerSensibly();

        await model.PlanAsync();

        Assert.Equal(3, model.Server.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(3), model.Time.Waits[0]);
    }

    [Fact]
    public async Task Paths_can_be_replaced_one_by_one()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.EndpointOverrides = new() { ["chat"] = "/special/chat", ["Embeddings"] = "vectors/embeddings" });
        model.Server.AnswerSensibly();

        await model.PlanAsync();
        await EmbedAsync(model, "a");
        await model.Reasoner.DescribeAsync(model.Scope, new(Modality.Audio, new byte[] { 1 }, "a.mp3", "audio/mpeg"), model.Log, TestContext.Current.CancellationToken);

        Assert.Equal(["/v1/special/chat", "/v1/vectors/embeddings", "/v1/audio/transcriptions"], model.Server.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task Embeddings_may_come_from_another_place_with_another_key()
    {
        await using var other = await ScriptedModelServer.StartAsync();
        await using var model = await ModelUnderTest.StartAsync(s => (s.EmbedBaseUrl, s.EmbedApiKey) = (other.BaseUrl, "sk-other"));
        model.Server.AnswerSensibly();

        await model.PlanAsync();
        await EmbedAsync(model, "a");

        Assert.Equal("/v1/chat/completions", Assert.Single(model.Server.Requests).Path);
        Assert.Equal("Bearer sk-other", Assert.Single(other.Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task The_key_of_the_chat_model_never_goes_to_another_host()
    {
        await using var other = await ScriptedModelServer.StartAsync();
        await using var model = await ModelUnderTest.StartAsync(s => s.EmbedBaseUrl = other.BaseUrl);

        await EmbedAsync(model, "a");

        Assert.DoesNotContain(Assert.Single(other.Requests).Headers.Values, v => v.Contains(ModelUnderTest.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await ScriptedModelServer.StartAsync();
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Always(ScriptedReply.Status(307).WithHeader("Location", other.BaseUrl + "/chat/completions"));

        await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync());

        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vectors_come_through_exactly_in_order_and_in_batches(bool plain)
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.EmbedBatchSize = 2);
        model.Server.PlainEmbeddings = plain;
        string[] texts = ["red house", "blue sky", "数字 123", "émile", "x"];

        var vectors = await EmbedAsync(model, texts);

        Assert.Equal(texts.Select(t => WordVectors.Of(t, 64)), vectors.Select(v => v.ToArray()));
        Assert.Equal([1, 2, 2], model.Server.Requests.Select(r => r.Inputs().Count).Order());
        Assert.Equal(3, model.Log.Usage.EmbeddingCalls);
        Assert.True(model.Log.Usage.EmbeddingTokens > 0);
        Assert.Equal(0, model.Log.Usage.Calls);
    }

    [Fact]
    public async Task A_text_too_long_to_embed_is_embedded_by_its_beginning()
    {
        await using var model = await ModelUnderTest.StartAsync();

        await EmbedAsync(model, new string('a', 100_000), new string('字', 100_000), "short");

        var sent = model.Server.Requests.SelectMany(r => r.Inputs());
        Assert.Equal([5, 4_800, 24_000], sent.Select(t => t.Length).Order());
    }

    [Fact]
    public async Task A_failing_embedding_model_is_named_with_its_own_settings()
    {
        await using var model = await ModelUnderTest.StartAsync(s => (s.EmbedBaseUrl, s.EmbedApiKey) = (s.BaseUrl, "sk-embed-canary"));
        model.Server.AlwaysToEmbeddings(ScriptedReply.Status(401, message: "sk-embed-canary"));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => EmbedAsync(model, "a"));

        Assert.Equal("embed", error.Task);
        Assert.Contains("llm.embed_api_key", error.Message);
        Assert.Contains("text-embedding-3-small", error.Message);
        Assert.DoesNotContain("sk-embed-canary", error.ToString());
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":[]}]}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":"AAAA"}]}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1,2]}]}""")]
    public async Task An_embedding_answer_of_no_use_is_an_error_of_the_task(string body)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.AlwaysToEmbeddings(ScriptedReply.Body(body));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => EmbedAsync(model, "zebra"));

        Assert.Equal("embed", error.Task);
        Assert.DoesNotContain("zebra", error.ToString());
    }

    [Fact]
    public async Task A_busy_embedding_model_is_transient_and_was_asked_again()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 1);
        model.Server.AlwaysToEmbeddings(ScriptedReply.Status(503));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => EmbedAsync(model, "a"));

        Assert.True(error.IsTransient);
        Assert.Equal(2, model.Server.Requests.Count);
    }

    private static Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(ModelUnderTest model, params string[] texts) =>
        model.Embeddings.EmbedAsync(texts, model.Log, TestContext.Current.CancellationToken);
}
