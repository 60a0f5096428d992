using CsCheck;
using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

public sealed class MeaningScoresTests
{
    private static PassageIndex Index(params (string Role, string Text)[] turns)
    {
        var builder = new PassageIndexBuilder();
        foreach (var (i, (role, text)) in turns.Index())
        {
            builder.Add(new Passage { Scope = new MemoryScope("alice"), Id = $"p{i}", ResourceId = "r", Position = i, Start = 10 * i, Role = role, Text = text });
        }

        return builder.Build();
    }

    private static PassageIndex Peers() => Index(
        ("Ann", "It rained."), ("Ben", "Where do you work now?"), ("Ann", "At the harbour."), ("Ben", "Nice."), ("Ann", "Since spring."), ("Ben", "I see."), ("Ann", "Yes."), ("Ben", "Good."));

    private static Scored<int>[] Near(params (int Passage, double Cosine)[] hits) => [.. hits.Select(h => new Scored<int>(h.Passage, h.Cosine))];

    private static float[] Scores(PassageIndex index, params Scored<int>[][] nearest)
    {
        var scores = new float[index.Count];
        using var arrays = new ScoreArrays();
        new MeaningScores(index, plain: true, nearest, arrays).AddTo(scores);
        return scores;
    }

    [Fact]
    public void Who_answers_a_question_that_is_meant_and_who_is_taken_up_afterwards_get_a_share()
    {
        var scores = Scores(Peers(), Near((1, 0.6), (3, 0.2), (4, 0.2), (5, 0.2)));
        Assert.True(scores[1] > scores[2], "The turn itself comes before the one beside it.");
        var ofSession = MeaningWeights.PeerChat.Session * 0.5;
        Assert.Equal(ofSession + (MeaningWeights.PeerChat.Answer * 0.5), scores[2], 1e-5);
        Assert.Equal(ofSession + (MeaningWeights.PeerChat.Next * 0.5), scores[0], 1e-5);
        Assert.All(scores[3..], s => Assert.Equal(ofSession, s, 1e-5));
    }

    [Fact]
    public void Every_message_of_the_turn_that_answers_gets_a_share_of_the_best_that_asks()
    {
        var index = Index(("Ben", "Where do you work now?"), ("Ben", "Tell me."), ("Ann", "At the harbour."), ("Ann", "Since spring."), ("Ben", "Nice."), ("Ann", "Yes."));
        using var arrays = new ScoreArrays();
        var scores = new MeaningScores(index, plain: true, [Near((0, 0.6), (1, 0.4), (4, 0.4), (5, 0.2), (3, 0.2))], arrays);
        Assert.Equal([0, 0, 0.5, 0.5, 0, 0], Enumerable.Range(0, 6).Select(p => Math.Round(scores[p].Answer, 3)));
    }

    [Fact]
    public void A_perfect_match_goes_before_the_best_match_of_words_and_a_good_one_does_not()
    {
        Assert.True(Scores(Peers(), Near((3, 1), (1, 0), (2, 0), (4, 0)))[3] > 1 + MeaningWeights.PeerChat.Session);
        Assert.True(Scores(Peers(), Near((3, 0.7), (1, 0), (2, 0), (4, 0)))[3] < 1);
    }

    [Fact]
    public void Of_two_ways_to_put_a_question_the_better_counts()
    {
        Scored<int>[] one = Near((1, 0.6), (3, 0.2), (4, 0.2), (5, 0.2)), other = Near((4, 0.5), (3, 0.1), (5, 0.1), (6, 0.1));
        var index = Peers();
        using var arrays = new ScoreArrays();
        var (both, first, second) =
            (new MeaningScores(index, plain: true, [one, other], arrays), new MeaningScores(index, plain: true, [one], arrays), new MeaningScores(index, plain: true, [other], arrays));
        Assert.Equal(first[1].Own, both[1].Own);
        Assert.Equal(second[4].Own, both[4].Own);
        Assert.Equal(first[1].Session, both[7].Session);
    }

    [Fact]
    public void In_a_talk_with_an_assistant_a_session_is_about_something()
    {
        var index = Index(("user", "I planted tomatoes."), ("assistant", string.Join(' ', Enumerable.Repeat("Water them in the morning.", 40))), ("user", "Thanks."));
        var scores = Scores(index, Near((1, 0.8), (0, 0.2), (2, 0.2)));
        Assert.True(scores[0] > 0 && scores[2] > 0 && scores[1] > scores[0]);
    }

    [Fact]
    public void Vectors_that_are_all_alike_and_no_vectors_say_nothing()
    {
        Assert.All(Scores(Peers(), Near((1, 0.7), (2, 0.7), (3, 0.7))), s => Assert.Equal(0, s));
        Assert.All(Scores(Peers()), s => Assert.Equal(0, s));
        Assert.All(Scores(Peers(), Near()), s => Assert.Equal(0, s));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vectors_of_a_talk_with_an_assistant_count_by_whether_the_question_is_plain(bool plain)
    {
        var index = Index(("user", "My boat is blue."), ("assistant", string.Join(' ', Enumerable.Range(0, 60).Select(i => $"advice{i}"))), ("user", "Tea."));
        var (scores, weights) = (new float[index.Count], plain ? MeaningWeights.AssistantQuestion : MeaningWeights.AssistantChat);
        using var arrays = new ScoreArrays();
        new MeaningScores(index, plain, [Near((1, 0.6), (0, 0.2), (2, 0.2))], arrays).AddTo(scores);
        Assert.Equal((weights.Next + weights.Session) * 0.5, scores[0], 1e-5);
        Assert.Equal(weights.Session * 0.5, scores[2], 1e-5);
    }

    [Fact]
    public void Parts_add_up_to_the_score_which_is_finite_and_bounded()
    {
        var index = Peers();
        Gen.Double[-1.5, 1.5].Array[index.Count].Sample(cosines =>
        {
            Scored<int>[] nearest = [.. cosines.Select((c, i) => new Scored<int>(i, c)).OrderByDescending(h => h.Score)];
            using var arrays = new ScoreArrays();
            var (scores, meaning) = (new float[index.Count], new MeaningScores(index, plain: true, [nearest], arrays));
            meaning.AddTo(scores);
            return scores.Index().All(s => float.IsFinite(s.Item) && s.Item >= 0 && s.Item <= 2.6 && Math.Abs(meaning.Parts(s.Index).Sum(p => p.Score) - s.Item) < 1e-5);
        });
    }
}
