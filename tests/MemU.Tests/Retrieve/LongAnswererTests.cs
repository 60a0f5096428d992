using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

public sealed class LongAnswererTests
{
    private static readonly string Long = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));

    private static PassageIndex Index(PassageIndex? previous, string resource, params (string Role, string Text)[] turns)
    {
        var builder = new PassageIndexBuilder(previous);
        foreach (var (position, turn) in turns.Index())
        {
            builder.Add(new Passage { Scope = new MemoryScope(), Id = $"{resource}-{position}", ResourceId = resource, Position = position, Start = 0, Role = turn.Role, Text = turn.Text });
        }

        return builder.Build();
    }

    private static (SessionKind Kind, string ByAssistant) Of(PassageIndex index) =>
        (index.Sessions[^1].Kind, string.Concat(index.Facts[index.Sessions[^1].First..].Select(f => f.Traits.HasFlag(PassageTraits.ByAssistant) ? 'a' : '.')));

    [Fact]
    public void Of_two_with_names_the_one_who_answers_at_length_is_the_assistant() =>
        Assert.Equal((SessionKind.AssistantChat, ".a.a"), Of(Index(null, "r", ("Ann", "A boat?"), ("Nova", Long), ("Ann", "Blue?"), ("Nova", Long))));

    [Fact]
    public void One_who_begins_at_length_is_the_assistant_too() =>
        Assert.Equal((SessionKind.AssistantChat, "a.a."), Of(Index(null, "r", ("Nova", Long), ("Ann", "Blue?"), ("Nova", Long), ("Ann", "Fine."))));

    [Fact]
    public void It_is_seen_in_what_is_added_later_as_well()
    {
        var before = Index(null, "q", ("Ann", "Hello, hello."), ("Ben", "Good day to you."));
        Assert.Equal((SessionKind.AssistantChat, ".a.a"), Of(Index(before, "r", ("Ann", "A boat?"), ("Nova", Long), ("Ann", "Blue?"), ("Nova", Long))));
    }

    [Fact]
    public void Friends_who_both_write_at_length_are_people() =>
        Assert.Equal((SessionKind.PeerChat, "...."), Of(Index(null, "r", ("Ann", Long), ("Ben", Long), ("Ann", Long), ("Ben", Long))));

    [Fact]
    public void One_long_story_makes_nobody_an_assistant() =>
        Assert.Equal((SessionKind.PeerChat, "..."), Of(Index(null, "r", ("Ann", "Tell!"), ("Ben", Long), ("Ann", "Oh."))));

    [Fact]
    public void Of_three_who_talk_nobody_is_an_assistant() =>
        Assert.Equal((SessionKind.PeerChat, "....."), Of(Index(null, "r", ("Ann", "Tell!"), ("Ben", Long), ("Ann", "Oh."), ("Ben", Long), ("Cleo", "Ah."))));

    [Fact]
    public void A_user_without_a_name_who_writes_at_length_is_none() =>
        Assert.Equal((SessionKind.PeerChat, "...."), Of(Index(null, "r", ("user", Long), ("Ann", "Oh."), ("user", Long), ("Ann", "Ah."))));
}
