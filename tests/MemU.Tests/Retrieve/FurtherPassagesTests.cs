using MemU.Retrieve;
using MemU.Retrieve.Evidence;
using MemU.Retrieve.Lexical;
using MemU.Text;
using Microsoft.Extensions.AI;

namespace MemU.Tests.Retrieve;

/// <summary>An index that goes on from an earlier one says the same as one that was read anew.</summary>
public sealed class FurtherPassagesTests
{
    private static readonly string[] Subjects = ["cello", "bread", "rowing", "a dog", "the garden", "Ghent", "soup", "three bows"];

    private static Passage[] Talk(string resource, int seed) =>
    [
        .. Enumerable.Range(0, 12).Select(i => new Passage
        {
            Scope = new MemoryScope(), Id = $"{resource}-{i:00}", ResourceId = resource, Position = i, Start = 100 * i, Role = i % 2 == 0 ? "Alice" : $"Ben{seed % 3}",
            Text = $"I saw {Subjects[(i + seed) % Subjects.Length]} yesterday{(i % 3 == 0 ? "?" : " with " + Subjects[(i * seed) % Subjects.Length])}"
                + (seed % 3 == 1 && i % 2 == 1 ? string.Concat(Enumerable.Range(0, 40).Select(n => $" advice{n}")) : ""),
            HappenedAt = new DateTimeOffset(2026, 1, 1 + seed, 9, 0, 0, TimeSpan.Zero),
        }),
    ];

    [Fact]
    public void Scores_are_those_of_an_index_read_anew()
    {
        PassageIndex? grown = null;
        var all = new List<Passage>();
        for (var seed = 0; seed < 6; seed++)
        {
            var talk = Talk($"r{seed}", seed);
            all.AddRange(talk);
            var further = new PassageIndexBuilder(grown);
            Array.ForEach(talk, further.Add);
            grown = further.Build();
            var anew = new PassageIndexBuilder();
            all.ForEach(anew.Add);
            var whole = anew.Build();
            Assert.Equal(all.Select(p => p.Id), grown.Ids.Strings);
            Assert.Equal(whole.Facts, grown.Facts);
            Assert.Equal(whole.Sessions, grown.Sessions);
            Assert.Equal(Enumerable.Range(0, seed + 1).Select(s => s % 3 == 1 ? SessionKind.AssistantChat : SessionKind.PeerChat), grown.Sessions.Select(s => s.Kind));
            Assert.Equal(whole.Periods, grown.Periods);
            Assert.Equal(whole.LengthsBefore, grown.LengthsBefore);
            Assert.Equal(Enumerable.Range(0, all.Count), all.Select(p => grown.Ids.Find(p.Id)));
            foreach (var question in new[] { "Who saw the cello with a dog?", "What did Ben1 see on 3 January 2026?", "How many bows in the garden?", "What pets did Ben1 see?" })
            {
                Assert.Equal(EvidenceRanker.Score(whole, new Question(question)), EvidenceRanker.Score(grown, new Question(question)));
            }
        }
    }

    [Fact]
    public void Documents_can_be_dropped_and_put_between_others()
    {
        var old = Index("cello bow", "bread", "cello soup", "rain");
        var merged = old.With([1, -1, 2, 4], Index("bow bow", "bread cello"), [0, 3]);
        var anew = Index("bow bow", "cello bow", "cello soup", "bread cello", "rain");
        foreach (var word in new[] { "cello", "bow", "bread", "soup", "rain", "unknown" })
        {
            Assert.Equal(anew.ScoresOf([.. TextAnalyzer.Terms(word)]), merged.ScoresOf([.. TextAnalyzer.Terms(word)]));
        }
    }

    [Fact]
    public async Task What_is_memorized_changed_and_deleted_between_questions_is_seen_as_if_read_anew()
    {
        await using var memu = MemUHost.Create(m => m.UseInMemory().UseOffline());
        var space = memu.OpenSpace("alice");
        var other = memu.OpenSpace("bob");
        await other.MemorizeAsync([new ChatMessage(ChatRole.User, "CANARY plays the cello in Ghent.")], "canary");
        var names = new Queue<string>(Enumerable.Range(0, 5).Select(i => $"talk {i}"));
        for (var step = 0; step < 7; step++)
        {
            if (names.TryDequeue(out var name))
            {
                await space.MemorizeAsync(
                    [new(ChatRole.User, $"I bought {Subjects[step]} in Ghent."), new(ChatRole.Assistant, "Good."), new(ChatRole.User, $"My cello teacher likes {Subjects[step + 1]}.")], name);
            }
            else if (step == 5)
            {
                var newest = (await space.ListResourcesAsync()).Items[2];
                Assert.True(await space.DeleteResourceAsync(newest.Id));
            }
            else
            {
                await space.CreateItemAsync(new MemU.Edit.NewItem { Summary = "The cello is from Ghent.", MemoryType = MemoryTypes.Knowledge });
            }

            await other.RetrieveAsync("cello", RetrieveOptions.Fast);
            await using var copy = MemUHost.Create(m => m.UseInMemory().UseOffline());
            using var moved = new MemoryStream();
            await space.ExportAsync(moved);
            moved.Position = 0;
            await copy.OpenSpace("alice").ImportAsync(moved);
            foreach (var question in new[] { "Who bought bread in Ghent?", "What does the cello teacher like?", "cello" })
            {
                var (grown, anew) = (await space.RetrieveAsync(question, RetrieveOptions.Fast), await copy.OpenSpace("alice").RetrieveAsync(question, RetrieveOptions.Fast));
                Assert.Equal(Figures(anew), Figures(grown));
                Assert.DoesNotContain(grown.Evidence, e => e.Value.Text.Contains("CANARY"));
            }
        }
    }

    private static List<(string, double)> Figures(RetrieveResult result) =>
        [.. result.Evidence.Select(e => (e.Value.Text, Math.Round(e.Score, 5))), .. result.Items.Select(i => (i.Value.Summary, Math.Round(i.Score, 5)))];

    private static LexicalIndex Index(params string[] texts)
    {
        var builder = new LexicalIndexBuilder();
        Array.ForEach(texts, t => builder.Add(TextAnalyzer.Terms(t)));
        return builder.Build();
    }
}
