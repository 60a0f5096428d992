using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class IsolationTests
{
    private static readonly (string Role, string Text)[] Talk =
    [
        ("Ben", "What did you buy?"), ("Alice", "A cello bow from a maker in Ghent."), ("Ben", "I bought bread."), ("Alice", "The bow is light."),
    ];

    [Fact]
    public async Task Another_space_with_the_same_conversation_changes_no_score_and_shows_nothing()
    {
        var alone = new RetrieveHouse(new TopicEmbedding(["cello"], ["bread"]));
        var shared = new RetrieveHouse(new TopicEmbedding(["cello"], ["bread"]));
        foreach (var house in new[] { alone, shared })
        {
            await house.AddTalkAsync(RetrieveHouse.Alice, "Alice buys a bow", Talk);
            await house.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Hobbies", "Alice plays the cello.");
        }

        foreach (var scope in new[] { RetrieveHouse.Bob, new MemoryScope("alice", "other"), new MemoryScope("alice", tenant: "other"), new MemoryScope("Alice") })
        {
            await shared.AddTalkAsync(scope, "CANARY buys a bow", [.. Talk, ("Alice", "CANARY cello bow from Ghent"), ("Alice", "CANARY bow"), ("Alice", "I love my CANARY dog.")]);
            await shared.AddCategoryAsync(scope, "activities", "CANARY", "CANARY plays the cello.");
            await shared.AskAsync("CANARY cello bow", RetrieveOptions.Fast, scope);
        }

        foreach (var question in new[] { "Which bow did Alice buy?", "CANARY", "Who plays the cello?", "What pets does Alice have?" })
        {
            var (expected, actual) = (await alone.AskAsync(question, RetrieveOptions.Fast), await shared.AskAsync(question, RetrieveOptions.Fast));
            Assert.Equal(Figures(expected), Figures(actual));
            Assert.All(actual.Evidence, e => Assert.Equal(RetrieveHouse.Alice, e.Value.Scope));
            Assert.DoesNotContain("CANARY", string.Join('\n', [
                .. actual.Evidence.Select(e => e.Value.Text), .. actual.Items.Select(i => i.Value.Summary),
                .. actual.Categories.Select(c => c.Value.Summary), .. actual.Resources.Select(r => r.Value.Caption), .. actual.Warnings,
                .. actual.Trace.Select(t => t.Detail)]));
        }
    }

    private static List<(string, double)> Figures(RetrieveResult result) =>
    [
        .. result.Categories.Select(c => (c.Value.Name, c.Score)), .. result.Items.Select(i => (i.Value.Summary, i.Score)),
        .. result.Resources.Select(r => (r.Value.Caption!, r.Score)), .. result.Evidence.Select(e => (e.Value.Text, e.Score)),
    ];
}
