using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class VarietyTests
{
    private static readonly string[] Words = ["bow", "cello", "canal", "heron", "bread", "soup", "violin", "tea", "jam", "cottage"];

    [Fact]
    public void A_hit_in_the_words_of_a_better_one_makes_room_for_another()
    {
        List<Scored<string>> hits = [new("I love the old canal.", 1), new("I love the old canal!", 0.95), new("The canal froze over.", 0.9)];
        var chosen = Variety.Choose(hits, h => h, 2, 0.2);
        Assert.Equal(["I love the old canal.", "The canal froze over."], chosen.Select(c => c.Hit.Value));
        Assert.Equal(["I love the old canal.", "I love the old canal!"], Variety.Choose(hits, h => h, 2, 0).Select(c => c.Hit.Value));
    }

    [Fact]
    public void A_short_text_whose_words_stand_in_a_long_one_repeats_little_of_it()
    {
        List<Scored<string>> hits = [new("We walked along the old canal where the heron stands, bought bread and tea, and went home late.", 1), new("The heron stands there.", 0.9)];
        Assert.InRange(Variety.Choose(hits, h => h, 2, 1)[1].Repeats, 0.0, 0.1);
    }

    [Fact]
    public void No_hit_is_lost_and_none_loses_more_than_the_strength_and_the_order_is_by_score()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var hits = Enumerable.Range(0, random.Next(0, 140))
                .Select(i => new Scored<string>($"{i} {string.Join(' ', Enumerable.Range(0, random.Next(0, 5)).Select(_ => Words[random.Next(Words.Length)]))}", random.NextDouble()))
                .OrderByDescending(h => h.Score).ToList();
            var (count, strength) = (random.Next(1, 150), random.NextDouble());
            var chosen = Variety.Choose(hits, h => h, count, strength);
            Assert.Equal(Math.Min(count, hits.Count), chosen.Count);
            Assert.Equal(chosen.Count, chosen.Select(c => c.Hit.Value).Distinct().Count());
            Assert.Equal(chosen.OrderByDescending(c => c.Hit.Score), chosen);
            Assert.All(chosen, c =>
            {
                var before = hits.Single(h => h.Value == c.Hit.Value).Score;
                Assert.Equal(before * (1 - (strength * c.Repeats)), c.Hit.Score, 12);
                Assert.InRange(c.Repeats, 0, 1);
            });
        }
    }

    [Theory]
    [InlineData("I love the old canal.", "The OLD canal, I loved it?", 0.4, 0.9)]
    [InlineData("Same words, same words", "words same", 1, 1)]
    [InlineData("Straße und Café", "strasse und cafe", 1, 1)]
    [InlineData("我喜欢喝绿茶", "我喜欢喝绿茶。", 1, 1)]
    [InlineData("我喜欢喝绿茶", "他讨厌下大雨", 0, 0)]
    [InlineData("heron", "canal", 0, 0)]
    [InlineData("The lease ends on May 5.", "The lease ends on May 7.", 0.5, 0.9)]
    [InlineData("Room 12, heron \ud83d", "Room 12, heron \udc00", 1, 1)]
    [InlineData("🎻🎺", "🎻🎺", 0, 0)]
    [InlineData("", "", 0, 0)]
    [InlineData("I am", "to be", 0, 0)]
    public void Likeness_is_the_share_of_words_in_common_and_the_same_both_ways(string first, string second, double least, double most)
    {
        var (a, b) = (WordPrint.Of(first), WordPrint.Of(second));
        Assert.InRange(a.Likeness(b), least, most);
        Assert.Equal(a.Likeness(b), b.Likeness(a));
    }

    [Fact]
    public async Task Passages_and_items_that_repeat_others_come_later_and_the_explanation_says_so()
    {
        var house = new RetrieveHouse(isOffline: true);
        var noon = new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Chat", [
            ("Alice", "My cello has a light bow from Ghent."), ("Ben", "Hm."), ("Alice", "My cello has a light bow from Ghent!"), ("Ben", "Hm."), ("Alice", "The cello is old, the bow is new.")], noon);
        var options = RetrieveOptions.Fast with { Explain = true, TopK = 3, EvidenceTopK = 3 };
        var (plain, varied) = (await house.AskAsync("Which bow has the cello?", options with { Diversity = 0 }), await house.AskAsync("Which bow has the cello?", options with { Diversity = 1 }));
        Assert.Equal(2, plain.Evidence.Take(2).Count(e => e.Value.Text.Contains("Ghent")));
        Assert.Equal(1, varied.Evidence.Take(2).Count(e => e.Value.Text.Contains("Ghent")));
        Assert.Equal(2, plain.Items.Take(2).Count(e => e.Value.Summary.Contains("Ghent")));
        Assert.Equal(1, varied.Items.Take(2).Count(e => e.Value.Summary.Contains("Ghent")));
        foreach (var (why, hits) in new[]
        {
            (varied.Explanation!.Evidence, varied.Evidence.Select(e => e.Score).ToList()), (varied.Explanation.Items, varied.Items.Select(i => i.Score).ToList()),
        })
        {
            Assert.Contains(why.SelectMany(w => w.Parts), p => p is { Signal: "repeats", Score: < 0 });
            Assert.All(why.Zip(hits), p => Assert.Equal(p.Second, p.First.Parts.Sum(s => s.Score), 9));
        }

        Assert.DoesNotContain(plain.Explanation!.Evidence.SelectMany(w => w.Parts), p => p.Signal == "repeats");
    }

    [Fact]
    public async Task Of_what_the_overview_gives_without_a_score_nothing_can_be_taken()
    {
        var house = new RetrieveHouse(isOffline: true);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Chat", [("Alice", "My cello has a light bow."), ("Alice", "My cello has a light bow!")]);
        var result = await house.AskAsync("What do you know about me?", RetrieveOptions.Fast with { Explain = true });
        Assert.Equal(2, result.Items.Count);
        Assert.All(result.Items, i => Assert.Equal(0, i.Score));
        Assert.All(result.Explanation!.Items, i => Assert.Empty(i.Parts));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_diversity_beyond_its_bounds_is_refused(double diversity)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new RetrieveOptions { Diversity = diversity });
        Assert.Contains("0 to 1", error.Message);
    }
}
