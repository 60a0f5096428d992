using MemU.Evals.Data;

namespace MemU.Tests.Evals;

public sealed class DataSetTests
{
    [Fact]
    public void In_bursts_each_sentence_is_a_message_with_the_id_of_its_turn()
    {
        Turn[] turns = [new("D1:1", "Ann", "I bought a kayak! It is red. Like yours?"), new("D1:2", "Ben", "Nice"), new("D1:3", "Ann", "")];
        var set = new DataSet([new Talk("one", [new Sitting("D1", null, turns)], [])]) { Hash = "" };

        Assert.Equal(
            [turns[0] with { Text = "I bought a kayak!" }, turns[0] with { Text = "It is red." }, turns[0] with { Text = "Like yours?" }, turns[1], turns[2]],
            set.InBursts().Talks[0].Sittings[0].Turns);
        Assert.Equal("I bought a kayak! It is red. Like yours", set.Unmarked().Talks[0].Sittings[0].Turns[0].Text);
    }
}
