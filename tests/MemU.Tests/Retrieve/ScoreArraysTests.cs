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

    private static async Task<string> AnswerAsync(RetrieveHouse house, MemoryScope scope)
    {
        var result = await house.AskAsync("Where is the lighthouse by the harbour?", RetrieveOptions.Fast with { Explain = true }, scope);
        return string.Join('\n', result.Evidence.Select(e => $"{e.Score:R} {e.Value.Text}"));
    }
}
