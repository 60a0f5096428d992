using System.Buffers;
using MemU.Reasoning;
using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class ScoreArraysTests
{
    [Fact]
    public void What_was_written_for_one_question_is_gone_for_the_next()
    {
        for (var question = 0; question < 100; question++)
        {
            using var arrays = new ScoreArrays();
            var scores = arrays.Scores(1_000).AsSpan(0, 1_000);
            var counts = arrays.Counts(1_000).AsSpan(0, 1_000);
            Assert.Equal(-1, scores.IndexOfAnyExcept(0f));
            Assert.Equal(-1, counts.IndexOfAnyExcept((ushort)0));
            scores.Fill(7);
            counts.Fill(7);
        }
    }

    [Fact]
    public void No_array_is_lent_to_two_at_once_even_when_given_back_twice()
    {
        var first = new ScoreArrays();
        _ = first.Scores(1_000);
        first.Dispose();
        first.Dispose();
        using var one = new ScoreArrays();
        using var other = new ScoreArrays();
        Assert.NotSame(one.Scores(1_000), other.Scores(1_000));
    }

    [Fact]
    public async Task Questions_to_two_spaces_at_once_are_answered_as_each_by_itself()
    {
        // Bob's space is much larger than Alice's: what his questions leave in the arrays would show in hers.
        var house = new RetrieveHouse(new TopicEmbedding(["lighthouse"], ["bread"]));
        await house.AddTalkAsync(RetrieveHouse.Alice, "A walk", [("Alice", "The lighthouse stands by the harbour."), ("Ben", "I bought bread.")]);
        await house.AddTalkAsync(
            RetrieveHouse.Bob, "CANARY walks", [.. Enumerable.Range(0, 300).Select(i => ("Bob", $"CANARY {i}: a lighthouse, a harbour, bread of day {i % 7}."))]);
        var alone = new Dictionary<MemoryScope, string>();
        foreach (var scope in new[] { RetrieveHouse.Alice, RetrieveHouse.Bob })
        {
            alone[scope] = await AnswerAsync(house, scope);
        }

        await Parallel.ForAsync(0, 60, async (i, _) =>
        {
            var scope = i % 2 == 0 ? RetrieveHouse.Alice : RetrieveHouse.Bob;
            Assert.Equal(alone[scope], await AnswerAsync(house, scope));
        });
        Assert.DoesNotContain("CANARY", alone[RetrieveHouse.Alice], StringComparison.Ordinal);
        Assert.Contains("CANARY", alone[RetrieveHouse.Bob], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_leave_in_the_pool_before_and_during_a_question_of_several_steps_changes_nothing()
    {
        var house = new RetrieveHouse(new TopicEmbedding(["lighthouse"], ["bread"]));
        await house.AddTalkAsync(
            RetrieveHouse.Alice, "Walks", [.. Enumerable.Range(0, 150).Select(i => (i % 2 == 0 ? "Alice" : "Ben", $"Walk {i}: {(i % 3 == 0 ? "a lighthouse" : "bread")} of day {i % 7}?"))]);
        await house.AddTalkAsync(RetrieveHouse.Bob, "Canary", [("Bob", "CANARY lighthouse bread.")]);
        var options = RetrieveOptions.Thorough with { Judge = true, Explain = true, MaxTokens = 500 };
        async Task<string> AskAsync(Action meanwhile)
        {
            house.Reasoner.Plan = r =>
            {
                meanwhile();
                return new RetrievalPlan(true, r.Query, "scripted") { Parts = ["Who told of bread on day 3?", "Which walk was on day 5?"] };
            };
            house.Reasoner.Judge = r =>
            {
                meanwhile();
                return new Verdict(false, r.Query.Contains("harbour", StringComparison.Ordinal) ? "Which lighthouse on day 2?" : r.Query + " And before?", "scripted");
            };
            var result = await house.AskAsync("Where is the lighthouse by the harbour, Ben?", options);
            return string.Join('\n', [result.Context, .. result.Evidence.Select(e => $"{e.Score:R} {e.Value.Text}"), .. result.Items.Select(i => $"{i.Score:R} {i.Value.Summary}"),
                .. result.Resources.Select(r => $"{r.Score:R} {r.Value.Caption}"), .. result.Explanation!.Evidence.SelectMany(e => e.Parts).Select(part => part.ToString())]);
        }

        var alone = await AskAsync(() => { });
        Assert.Contains("sub_query", alone, StringComparison.Ordinal);
        Spoil();
        Assert.Equal(alone, await AskAsync(Spoil));
        await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(() => throw new TimeoutException()));
        Assert.Equal(alone, await AskAsync(Spoil));
        Assert.DoesNotContain("CANARY", alone, StringComparison.Ordinal);
    }

    /// <summary>Writes over whatever arrays the pool has to lend.</summary>
    private static void Spoil()
    {
        for (var size = 16; size <= 4_096; size *= 2)
        {
            var scores = Enumerable.Range(0, 40).Select(_ => ArrayPool<float>.Shared.Rent(size)).ToList();
            var counts = Enumerable.Range(0, 40).Select(_ => ArrayPool<ushort>.Shared.Rent(size)).ToList();
            foreach (var (score, count) in scores.Zip(counts))
            {
                Array.Fill(score, 1e9f);
                Array.Fill(count, ushort.MaxValue);
                ArrayPool<float>.Shared.Return(score);
                ArrayPool<ushort>.Shared.Return(count);
            }
        }
    }

    private static async Task<string> AnswerAsync(RetrieveHouse house, MemoryScope scope)
    {
        var result = await house.AskAsync("Where is the lighthouse by the harbour?", RetrieveOptions.Fast with { Explain = true }, scope);
        return string.Join('\n', result.Evidence.Select(e => $"{e.Score:R} {e.Value.Text}"));
    }
}
