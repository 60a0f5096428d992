using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class OtherWordsTests
{
    private readonly RetrieveHouse house = new();

    [Fact]
    public async Task A_question_in_other_words_finds_what_was_said_and_nothing_of_another_user()
    {
        (string, string)[] talk = [("Ben", "We had soup."), ("Alice", "The sickness lasted for weeks."), ("Ben", "Poor you."), ("Alice", "Then we walked home.")];
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", talk, withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Bob, "Talk", [("Ben", "CANARY sickness, a disease.")], withItems: false);
        var result = await house.AskAsync("What illness was it?", RetrieveOptions.Fast);
        Assert.Equal("The sickness lasted for weeks.", result.Evidence[0].Value.Text);
        Assert.All(result.Evidence, e => Assert.DoesNotContain("CANARY", e.Value.Text));
    }

    [Fact]
    public async Task What_words_of_like_meaning_gave_is_explained()
    {
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "The sickness lasted for weeks."), ("Ben", "Poor you.")], withItems: false);
        var result = await house.AskAsync("What illness was it?", RetrieveOptions.Fast with { Explain = true });
        Assert.Contains("related", result.Explanation!.Evidence[0].Parts.Select(p => p.Signal));
    }
}
