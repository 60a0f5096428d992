using System.Text.RegularExpressions;
using CsCheck;
using MemU.Reasoning;
using MemU.Reasoning.Offline;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Offline;

public partial class OfflineReasonerTests
{
    private static readonly string[] Fragments =
    [
        "I moved to Oslo yesterday. ", "What about you? ", "Yes, two of them. ", "- a point\n", "1. **Key**: value\n   more of it\n", "我昨天去了北京。", "كيف حالك؟ ", "Thanks! ", "\n\n",
        "## Heading\n", "Here is a list:\n", "She was shy. ", "last week ", "🎉", "e.g. ", "...", "\u0301", "\uD800", "https://example.org/a?b=c ", "\t", "It was in 1999. ", "[x] ", "**", "(", "\"",
    ];

    private static readonly Gen<string> Text = Gen.Select(Gen.Int[0, Fragments.Length - 1].Array[0, 12], Gen.Char.Array[0, 20], (picks, chars) =>
        string.Concat(picks.Select(i => Fragments[i])) + new string(chars));

    private static readonly Gen<Passage[]> Passages = Gen.Select(
        Text, Gen.Int[0, 4], Gen.DateTimeOffset, Gen.Bool,
        (text, who, time, dated) => (text, Role: who switch { 0 => null, 1 => "user", 2 => "assistant", 3 => "Ada", _ => "小明" }, Time: dated ? time : (DateTimeOffset?)null))
        .Array[0, 12]
        .Select(all => all.Select((p, n) => Talk.Say(n, p.Role, p.text) with { HappenedAt = p.Time }).ToArray());

    [Fact]
    public void Segments_cover_any_passages_in_order_without_overlap() =>
        Gen.Select(Passages, Gen.Bool).Sample((passages, document) =>
        {
            var answer = Talk.SegmentAsync(passages, document ? Modality.Document : Modality.Conversation).Result;
            Assert.Equal(Enumerable.Range(0, passages.Length), answer.Segments.SelectMany(s => Enumerable.Range(s.Start, s.End - s.Start + 1)));
            Assert.Equal(passages.Any(p => !string.IsNullOrWhiteSpace(p.Text)), !string.IsNullOrWhiteSpace(answer.Caption));
            Assert.InRange(answer.Caption?.Length ?? 0, 0, Captioner.MaxLength);
        }, iter: 300);

    [Fact]
    public void Every_word_of_an_item_stands_in_its_passages() =>
        Gen.Select(Passages, Gen.Bool).Sample((passages, document) =>
        {
            var items = Talk.ItemsAsync(Talk.Request(passages, document ? Modality.Document : Modality.Conversation)).Result;
            Assert.All(items, item =>
            {
                var source = string.Concat(passages.Where(p => item.PassageIds.Contains(p.Id)).Select(p => p.Text.Replace("**", "") + "\n"));
                var labels = passages.SelectMany(p => new[] { Speaker.LabelWithDay(p), Speaker.Label(p) }).OfType<string>().OrderByDescending(l => l.Length);
                var words = ResolvedDate().Replace(labels.Aggregate(item.Content, (text, label) => text.Replace(label + ": ", " ")), "");
                Assert.All(Joint().Replace(words, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), w => Assert.Contains(w.TrimEnd(';'), source));
                Assert.Contains(item.MemoryType, MemoryTypes.Default);
                Assert.NotEmpty(item.PassageIds);
            });
        }, iter: 300);

    [Fact]
    public void No_question_and_no_page_is_too_strange() =>
        Gen.Select(Text, Text, Text).Sample((a, b, c) =>
        {
            var log = new ReasoningLog();
            var plan = Talk.Reasoner.PlanAsync(Talk.Scope, new PlanRequest(a, [new("user", b), new("assistant", c)]), log, default).Result;
            Assert.StartsWith(a.TrimEnd(), plan.Query);
            Assert.All(Talk.Reasoner.RankAsync(Talk.Scope, new RankRequest(MemoryTier.Items, a, [new("x", b), new("y", c)], 2), log, default).Result, id => Assert.Contains(id, new[] { "x", "y" }));
            Assert.Equal(a, Talk.Reasoner.JudgeAsync(Talk.Scope, new JudgeRequest(MemoryTier.Items, a, [], [b, c]), log, default).Result.NextQuery);
            var pages = Talk.Reasoner.SummarizeAsync(Talk.Scope, new SummarizeRequest([new("c", "n", "d", a, [b], [c])], 20), log, default).Result;
            Assert.All(pages, p => Assert.False(string.IsNullOrWhiteSpace(p.Summary)));
        }, iter: 300);

    [Fact]
    public async Task Media_are_refused_with_the_settings_that_help()
    {
        var refused = await Assert.ThrowsAsync<ReasonerException>(() =>
            Talk.Reasoner.DescribeAsync(Talk.Scope, new MediaRequest(Modality.Image, new byte[] { 1 }, "a.png", "image/png"), new ReasoningLog(), default));

        Assert.Equal("describe", refused.Task);
        Assert.Contains("llm.provider", refused.Message);
        Assert.Contains("llm.api_key", refused.Message);
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Talk.Reasoner.ExtractAsync(Talk.Scope, Talk.Request(Talk.At(null, "Ada: I like tea.")), new ReasoningLog(), cancelled.Token));
    }

    [Fact]
    public async Task What_one_space_said_never_shows_in_another()
    {
        await Talk.ItemsAsync(null, "Ada: My canary is called Zebedee and lives in a golden cage.");

        var items = await Talk.Reasoner.ExtractAsync(
            new MemoryScope("other"), Talk.Request(Talk.At(null, "Bo: My parrot lives in a wooden cage.")), new ReasoningLog(), default);

        Assert.DoesNotContain(items.Items, i => i.Content.Contains("Zebedee"));
        Assert.Equal("Bo: My parrot lives in a wooden cage.", Assert.Single(items.Items).Content);
    }

    [Fact]
    public void Offline_is_what_is_taken_when_nothing_is_chosen()
    {
        using var services = new ServiceCollection().AddMemU().Services.BuildServiceProvider();

        Assert.True(services.GetRequiredService<IMemoryReasoner>().IsOffline);
        Assert.Equal("offline-hash-1", services.GetRequiredService<EmbeddingModel>().Name);
    }

    [GeneratedRegex(@" \[(weekend of |week of )?([0-9]{1,2} )?([A-Z][a-z]+ )?[0-9]{4}\]")]
    private static partial Regex ResolvedDate();

    // what the engine puts between the source's words
    [GeneratedRegex(@"(?<=\S): | — | / |(?<=[。！？」』”）])")]
    private static partial Regex Joint();
}
