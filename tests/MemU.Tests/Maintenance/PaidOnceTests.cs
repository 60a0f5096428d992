using MemU.Maintenance;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.AI;

namespace MemU.Tests.Maintenance;

/// <summary>No text of a space is sent to a model twice while the space says it.</summary>
public sealed class PaidOnceTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    private readonly List<string> sent = [];

    public static TheoryData<string> Kinds => Workbench.Kinds;

    public static TheoryData<string> KindsWithFiles => Workbench.KindsWithFiles;

    private Workbench Open(string kind, string? data = null, string model = "model-a", int dimension = 8)
    {
        var bench = Workbench.Open(kind, data, dimension, model, isOffline: false);
        bench.Embeddings.Embedding = text =>
        {
            sent.Add($"{model}: {text}");
            return Task.CompletedTask;
        };
        return bench;
    }

    /// <summary>What was sent twice, the probe of the vectors' length left out.</summary>
    private IEnumerable<string> SentTwice => sent.Where(s => !s.EndsWith(": dimension", StringComparison.Ordinal)).GroupBy(s => s).Where(g => g.Count() > 1).Select(g => g.Key);

    [Theory]
    [MemberData(nameof(KindsWithFiles))]
    public async Task Going_back_to_a_former_model_sends_it_nothing(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("memu-paid-");
        IReadOnlyList<string> first;
        await using (var a = Open(kind, folder.FullName))
        {
            await a.Service.OpenSpace(Alice).MemorizeAsync(Talk("I like tea.", "My dog is called Milo."), "talk");
            first = await SpaceDump.OfAsync(a, Alice);
        }

        foreach (var model in new[] { "model-b", "model-a", "model-b", "offline-c", "model-a" })
        {
            await using var next = Open(kind, folder.FullName, model);
            var report = await next.Reindexer.RunAsync(Alice, new ReindexOptions { All = true }, null, default);
            Assert.True(report.Embedded + report.Reused > 0);
        }

        Assert.DoesNotContain(SentTwice, s => s.StartsWith("model", StringComparison.Ordinal));
        await using var last = Open(kind, folder.FullName);
        Assert.Equal(first, await SpaceDump.OfAsync(last, Alice));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Going_back_to_a_former_model_sends_it_nothing_though_every_process_was_killed()
    {
        var folder = Directory.CreateTempSubdirectory("memu-paid-");
        List<Workbench> killed = [];
        foreach (var (model, round) in new[] { "model-a", "model-b", "model-a", "model-b", "model-b", "model-a" }.Select((m, i) => (m, i)))
        {
            var bench = Open("sqlite+json", folder.FullName, model);
            killed.Add(bench);
            await bench.Reindexer.RunAsync(Alice, new ReindexOptions { All = true }, null, default);
            for (var i = 0; i < 12; i++)
            {
                await bench.Service.OpenSpace(Alice).MemorizeAsync(Talk($"I like tea number {round} {i}.", "My dog is called Milo."), $"talk {round} {i}");
            }

            // What is said again is known as well.
            await bench.Service.OpenSpace(Alice).MemorizeAsync(Talk("My dog is called Milo.", $"I like tea number 0 {round}."), $"again {round}");
        }

        Assert.Empty(SentTwice);
        foreach (var bench in killed)
        {
            await bench.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_same_words_in_a_longer_talk_are_not_sent_again(string kind)
    {
        await using var bench = Open(kind);
        var space = bench.Service.OpenSpace(Alice);
        await space.MemorizeAsync(Talk("I like tea."));
        await space.MemorizeAsync(Talk("I like tea.", "My dog is called Milo."));
        await space.MemorizeAsync(Talk("I like tea.", "My dog is called Milo.", "I live in Graz."), "another name");

        Assert.Empty(SentTwice);
        Assert.Contains("model-a: I live in Graz.", sent);
    }

    [Fact]
    public async Task All_that_is_right_already_is_not_sent_unless_everything_shall_be_made_anew()
    {
        await using var bench = Open("sqlite");
        await bench.Service.OpenSpace(Alice).MemorizeAsync(Talk("I like tea."), "talk");
        var before = sent.Count;

        var all = await bench.Reindexer.RunAsync(Alice, new ReindexOptions { All = true }, null, default);
        Assert.Equal((before, 0L), (sent.Count, all.Embedded));

        var anew = await bench.Reindexer.RunAsync(Alice, new ReindexOptions { Anew = true }, null, default);
        Assert.Equal((0L, 0L), (anew.Kept, anew.Reused));
        Assert.True(sent.Count > before);
    }

    [Fact]
    public async Task Lost_vectors_are_made_again_from_other_records_of_the_same_words()
    {
        await using var bench = Open("sqlite+json");
        var space = bench.Service.OpenSpace(Alice);
        await space.MemorizeAsync(Talk("I like tea."), "one");
        await space.MemorizeAsync(Talk("I like tea."), "two");
        var before = sent.Count;
        var passage = (await space.ListPassagesAsync()).Items[0];
        await bench.Index.ApplyAsync(Alice, new VectorChanges { Removed = [("passages", passage.Id)] }, default);

        var report = await bench.Reindexer.RunAsync(Alice, new ReindexOptions(), null, default);

        Assert.Equal((0L, 1L, before), (report.Embedded, report.Reused, sent.Count));
    }

    [Fact]
    public async Task An_import_without_vectors_into_the_space_it_came_from_sends_nothing_again()
    {
        await using var bench = Open("sqlite");
        await bench.Service.OpenSpace(Alice).MemorizeAsync(Talk("I like tea."), "talk");
        var before = sent.Count;
        var (file, _) = await bench.ExportAsync(Alice, new ExportOptions { Vectors = false });

        await bench.ImportAsync(Alice, file);

        Assert.Equal(before, sent.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_space_pays_for_itself_so_that_it_cannot_tell_what_this_one_remembers(string kind)
    {
        await using var bench = Open(kind);
        await bench.Service.OpenSpace(Alice).MemorizeAsync(Talk("canary"), "talk");
        await bench.Service.OpenSpace(Bob).MemorizeAsync(Talk("canary"), "talk");

        Assert.Equal(2, sent.Count(s => s == "model-a: canary"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_was_deleted_is_paid_for_again(string kind)
    {
        await using var bench = Open(kind);
        var space = bench.Service.OpenSpace(Alice);
        var first = await space.MemorizeAsync(Talk("I like tea."), "talk");
        await space.DeleteResourceAsync(first.Resource.Id);
        Assert.Empty(await bench.Store.FindEmbeddedTextsAsync(Alice, "model-a", [EmbeddedText.HashOf("I like tea.")], default));

        await space.MemorizeAsync(Talk("I like tea."), "talk");

        Assert.Contains("model-a: I like tea.", SentTwice);
    }

    [Fact]
    public async Task Vectors_of_another_length_are_not_taken_up_again()
    {
        var folder = Directory.CreateTempSubdirectory("memu-paid-");
        await using (var a = Open("sqlite", folder.FullName))
        {
            await a.Service.OpenSpace(Alice).MemorizeAsync(Talk("I like tea."), "talk");
        }

        await using (var b = Open("sqlite", folder.FullName, "model-b"))
        {
            await b.Reindexer.RunAsync(Alice, new ReindexOptions(), null, default);
        }

        await using (var longer = Open("sqlite", folder.FullName, "model-a", dimension: 12))
        {
            Assert.Equal(0, (await longer.Reindexer.RunAsync(Alice, new ReindexOptions(), null, default)).Reused);
            Assert.All(await longer.Index.ListAsync(Alice, "passages", default).ToListAsync(), v => Assert.Equal(12, v.Vector.Length));
        }

        folder.Delete(recursive: true);
    }

    private static IEnumerable<ChatMessage> Talk(params string[] words) => words.Select(w => new ChatMessage(ChatRole.User, w));
}
