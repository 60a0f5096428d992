using MemU.Reasoning;
using MemU.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemU.Tests.Llm;

public sealed class FallbackTests
{
    [Fact]
    public async Task A_step_at_which_the_model_fails_is_done_offline_and_the_log_says_so()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 0);
        model.Server.Always(ScriptedReply.Status(401));
        var reasoner = new FallbackReasoner(model.Reasoner, new FixedReasoner(), NullLogger<FallbackReasoner>.Instance);
        var ct = TestContext.Current.CancellationToken;

        var extraction = await reasoner.ExtractAsync(model.Scope, ModelUnderTest.Extraction("I moved."), model.Log, ct);
        var pages = await reasoner.SummarizeAsync(model.Scope, new([new("c", "n", "d", null, ["x"], [])], 100), model.Log, ct);
        var plan = await reasoner.PlanAsync(model.Scope, new("q", []), model.Log, ct);
        var verdict = await reasoner.JudgeAsync(model.Scope, new(MemoryTier.Items, "q", [], ["x"]), model.Log, ct);
        var ranking = await reasoner.RankAsync(model.Scope, new(MemoryTier.Items, "q", [new("1", "x")], 5), model.Log, ct);
        var segments = await reasoner.SegmentAsync(model.Scope, new(Modality.Conversation, ModelUnderTest.Turns(new string('x', 9_000))), model.Log, ct);

        Assert.Equal("offline caption", extraction.Caption);
        Assert.Equal("offline summary", pages[0].Summary);
        Assert.Equal("offline plan", plan.Reason);
        Assert.Equal("offline verdict", verdict.Reason);
        Assert.Equal(["offline rank"], ranking);
        Assert.Equal("offline segments", segments.Caption);
        Assert.All(["segment", "extract", "summarize", "plan", "judge", "rank"], task =>
            Assert.Contains(model.Log.Notes, n => n.StartsWith($"{task}: the model failed (", StringComparison.Ordinal) && n.EndsWith("worked offline.", StringComparison.Ordinal)));
        Assert.Contains("llm.api_key", model.Log.Notes[0]);
        Assert.Equal("openai/gpt-4o-mini", reasoner.Name);
        Assert.False(reasoner.IsOffline);
    }

    [Fact]
    public async Task A_model_that_works_is_not_second_guessed()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.AnswerSensibly();
        var reasoner = new FallbackReasoner(model.Reasoner, new FixedReasoner(), NullLogger<FallbackReasoner>.Instance);

        var extraction = await reasoner.ExtractAsync(model.Scope, ModelUnderTest.Extraction("I moved."), model.Log, TestContext.Current.CancellationToken);

        Assert.Single(extraction.Items);
        Assert.Empty(model.Log.Notes);
    }

    [Fact]
    public async Task Pictures_have_no_offline_way()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 0);
        model.Server.Always(ScriptedReply.Status(401));
        var reasoner = new FallbackReasoner(model.Reasoner, new FixedReasoner(), NullLogger<FallbackReasoner>.Instance);

        await Assert.ThrowsAsync<ReasonerException>(() =>
            reasoner.DescribeAsync(model.Scope, new(Modality.Image, new byte[] { 1 }, "a.png", "image/png"), model.Log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelling_is_no_failure_to_work_around()
    {
        await using var model = await ModelUnderTest.StartAsync();
        var reasoner = new FallbackReasoner(model.Reasoner, new FixedReasoner(), NullLogger<FallbackReasoner>.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reasoner.PlanAsync(model.Scope, new("q", []), model.Log, new CancellationToken(canceled: true)));
    }
}
