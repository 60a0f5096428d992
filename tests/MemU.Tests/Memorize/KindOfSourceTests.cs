using MemU.Memorize;
using MemU.Resources;

namespace MemU.Tests.Memorize;

/// <summary>What kind of source something is: guessed, told, and told otherwise later.</summary>
public sealed class KindOfSourceTests
{
    [Fact]
    public async Task The_same_content_is_read_anew_when_the_caller_says_that_it_is_of_another_kind()
    {
        await using var memu = MemUHost.Create(m => m.UseInMemory());
        var alice = memu.OpenSpace("alice");
        var source = ResourceRef.Text("Ann: I keep bees.", "bees");
        var guessed = await alice.MemorizeAsync(source);
        var told = await alice.MemorizeAsync(source, Modality.Conversation);
        var again = await alice.MemorizeAsync(source, Modality.Conversation);

        Assert.Equal(Modality.Text, guessed.Resource.Modality);
        Assert.Equal((MemorizeOutcome.Replaced, guessed.Resource.Id), (told.Outcome, told.Resource.Id));
        Assert.Equal(Modality.Conversation, (await alice.GetResourceAsync(told.Resource.Id))!.Modality);
        Assert.Equal("Ann", Assert.Single((await alice.ListPassagesAsync()).Items).Role);
        Assert.Equal(MemorizeOutcome.Unchanged, again.Outcome);
        Assert.Equal(MemorizeOutcome.Unchanged, (await alice.MemorizeAsync(source)).Outcome);
    }

    [Fact]
    public async Task A_conversation_that_was_cut_off_does_not_replace_what_the_whole_one_said()
    {
        const string Whole = """[{"role":"user","content":"I keep bees in Cork."},{"role":"user","content":"I like tea."}]""";
        await using var memu = MemUHost.Create(m => m.UseInMemory());
        var alice = memu.OpenSpace("alice");
        await alice.MemorizeAsync(ResourceRef.Text(Whole, "chat.json"));

        foreach (var broken in new[] { Whole[..60], "[]", "{}", """[{"role":"user","content":""}]""" })
        {
            await Assert.ThrowsAsync<ResourceException>(() => alice.MemorizeAsync(ResourceRef.Text(broken, "chat.json")));
        }

        Assert.Equal(["I keep bees in Cork.", "I like tea."], (await alice.ListPassagesAsync()).Items.Select(p => p.Text));
        Assert.Empty((await alice.ListHistoryAsync()).Items);
    }
}
