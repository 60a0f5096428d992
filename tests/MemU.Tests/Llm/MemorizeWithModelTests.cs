using MemU.Memorize;
using MemU.Resources;
using MemU.TestSupport;
using Microsoft.Extensions.AI;

namespace MemU.Tests.Llm;

public sealed class MemorizeWithModelTests
{
    private static readonly ChatMessage[] Talk =
        [new(ChatRole.User, "I am Alice and I moved to Graz."), new(ChatRole.Assistant, "How nice!"), new(ChatRole.User, "I like tea.")];

    [Fact]
    public async Task A_short_conversation_costs_three_calls()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.AnswerSensibly();
        await using var host = Host(server);

        var result = await MemorizeAsync(host, "alice");

        Assert.Equal(["extract", "summarize"], server.Chats.Select(c => c.Task));
        Assert.True(server.Requests.Count(r => r.Endpoint == ModelEndpoint.Embeddings) <= 1, string.Join("\n", server.Requests.Select(r => r.Path + " " + r.Body)));
        Assert.Equal("openai/gpt-4o-mini", result.Engine);
        Assert.Equal(2, result.Usage.Calls);
        Assert.True(result.Usage.InputTokens > 0);
        Assert.Equal(3, result.Items.Count);
        Assert.NotNull(result.Resource.Caption);
    }

    [Fact]
    public async Task A_model_that_answers_rubbish_leaves_nothing_behind_and_the_source_can_be_tried_again()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        await using var host = Host(server);
        foreach (var rubbish in (ScriptedReply[])[ScriptedReply.Text(""), ScriptedReply.Text("hm"), ScriptedReply.Body("{"), ScriptedReply.NoChoices(), ScriptedReply.Refusal("No."), ScriptedReply.ContentFilter(), ScriptedReply.Status(400)])
        {
            server.Always(rubbish);
            await Assert.ThrowsAsync<ReasonerException>(() => MemorizeAsync(host, "alice"));
        }

        var space = host.OpenSpace("alice");
        Assert.Empty((await space.ListItemsAsync(cancellationToken: TestContext.Current.CancellationToken)).Items);
        Assert.Empty((await space.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Items);
        server.AnswerSensibly();
        Assert.Equal(3, (await MemorizeAsync(host, "alice")).Items.Count);
    }

    [Fact]
    public async Task Refusals_placeholders_and_nothing_are_never_stored()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Say(
            """
            {"caption":"I'm sorry, but I can't help with that.","items":[
              {"type":"event","content":"None","categories":["preferences"]},{"type":"event","content":"[]","categories":["preferences"]},
              {"type":"event","content":"Resource chat (conversation) stored. No event summary in v0.","categories":["preferences"]},
              {"type":"event","content":"I cannot fulfill this request.","categories":["preferences"]},
              {"type":"profile","content":"Alice likes tea.","categories":["preferences"],"source":[3]}]}
            """,
            """{"pages":[{"n":1,"summary":"As an AI language model, I cannot summarize this."}]}""");
        await using var host = Host(server);

        var result = await MemorizeAsync(host, "alice");

        Assert.Equal(["Alice likes tea."], result.Items.Select(i => i.Summary));
        Assert.DoesNotContain(result.Categories, c => c.Summary?.Contains("language model", StringComparison.Ordinal) == true);
        Assert.False(result.Resource.Caption?.Contains("sorry", StringComparison.Ordinal) == true);
        Assert.NotEmpty(result.Warnings);
    }

    [Fact]
    public async Task Falling_back_is_asked_for_by_a_setting_and_shown_in_the_result()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Always(ScriptedReply.Status(401));
        await using var host = MemUHost.Create(m => m.UseModel(new()
        {
            Provider = "openai", ApiKey = "sk-test", BaseUrl = server.BaseUrl, FallBackToOffline = true, EmbedProvider = "offline",
        }));

        var result = await MemorizeAsync(host, "alice");

        Assert.NotEmpty(result.Items);
        Assert.Contains(result.Warnings, w => w.StartsWith("extract: the model failed (", StringComparison.Ordinal) && w.EndsWith("worked offline.", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Warnings, w => w.Contains("sk-test", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ReasonerException>(() => host.OpenSpace("alice").MemorizeAsync(
            ResourceRef.Stream(new MemoryStream([137, 80, 78, 71, 13, 10, 26, 10]), "a.png"), Modality.Image, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_one_space_sends_never_holds_the_memories_of_another()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.AnswerSensibly();
        await using var host = Host(server);
        var ct = TestContext.Current.CancellationToken;
        await host.OpenSpace("bob").MemorizeAsync(ResourceRef.Messages([new ChatMessage(ChatRole.User, "I am Bob, the canary of Linz.")]), cancellationToken: ct);
        var before = server.Requests.Count;

        await MemorizeAsync(host, "alice");
        await host.OpenSpace("alice").RetrieveAsync("Who moved to Graz?", cancellationToken: ct);

        Assert.True(server.Requests.Count > before);
        Assert.All(server.Requests.Skip(before), r => Assert.DoesNotContain("canary", r.Body));
    }

    private static MemUHost Host(ScriptedModelServer server) => MemUHost.Create(m => m.UseOpenAI("sk-test", baseUrl: server.BaseUrl));

    private static Task<MemorizeResult> MemorizeAsync(MemUHost host, string user) =>
        host.OpenSpace(user).MemorizeAsync(ResourceRef.Messages(Talk), cancellationToken: TestContext.Current.CancellationToken);
}
