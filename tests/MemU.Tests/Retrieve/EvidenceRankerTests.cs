using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

public sealed class EvidenceRankerTests
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SpokenPassages spoken = new();

    private EvidenceRankerTests Say(string role, string text, DateTimeOffset? at = null, string resource = "r1", int segment = 0)
    {
        spoken.Say(role, text, at, resource, segment);
        return this;
    }

    private PassageIndex Index() => spoken.Index();

    private List<string> Ask(string question) =>
        [.. TopScores.Of(EvidenceRanker.Score(Index(), new Question(question)), 100).Select(h => spoken.All[h.Value].Text)];

    private double SignalOf(int passage, Signal signal, string question) => spoken.SignalOf(passage, signal, question);

    [Fact]
    public void The_answer_to_a_question_that_fits_is_found()
    {
        Say("Ben", "Which bow did you buy in Ghent?").Say("Alice", "The light one from 1900.").Say("Ben", "Nice.")
            .Say("Alice", "We had soup.").Say("Ben", "Good.").Say("Alice", "Then bread.").Say("Ben", "And tea?");
        Assert.Contains("The light one from 1900.", Ask("Which bow from Ghent?").Take(2));
    }

    [Fact]
    public void The_neighbours_of_a_fitting_turn_come_along()
    {
        Say("Alice", "Soup again.").Say("Ben", "We bought the bow in Ghent.").Say("Alice", "It is light.").Say("Ben", "Far away.", resource: "r2");
        var found = Ask("bow from Ghent");
        Assert.Equal("We bought the bow in Ghent.", found[0]);
        Assert.Equal(["It is light.", "Soup again."], found.Skip(1).Order());
    }

    [Fact]
    public void A_question_that_fits_is_followed_by_its_answer_not_by_a_reaction()
    {
        Say("Ben", "The bow from Ghent arrived.").Say("Alice", "How nice for you then.").Say("Ben", "Anything else new?", resource: "r2")
            .Say("Ben", "Where is the bow from Ghent?", resource: "r3").Say("Alice", "Under the blue piano.", resource: "r3");
        var found = Ask("bow from Ghent");
        Assert.True(found.IndexOf("Under the blue piano.") < found.IndexOf("How nice for you then."));
    }

    [Fact]
    public void A_relative_date_is_understood_from_when_the_question_is_asked()
    {
        Say("Alice", "We went hiking.", Noon, "r1").Say("Alice", "We went hiking.", Noon.AddMonths(2), "r2").Say("Alice", "We went hiking.", Noon.AddMonths(4), "r3");
        foreach (var (question, best) in new[] { ("Who went hiking last month?", "p1"), ("Who went hiking three months ago?", "p0") })
        {
            var asked = new Question(question, question.Contains("three", StringComparison.Ordinal) ? Noon.AddMonths(3) : Noon.AddMonths(3).AddDays(5));
            Assert.Equal(best, Index().Ids[TopScores.Of(EvidenceRanker.Score(Index(), asked), 1)[0].Value]);
        }
    }

    [Fact]
    public void A_day_that_a_turn_names_counts_as_its_own()
    {
        Say("Alice", "Hiking was fun on Monday the 3rd.", Noon, "r1").Say("Alice", "Hiking was fun yesterday, all of it.", Noon, "r2").Say("Alice", "Hiking was fun all summer.", Noon.AddDays(-1), "r3");
        Assert.Equal("p1", Index().Ids[TopScores.Of(EvidenceRanker.Score(Index(), new Question("Whose hiking was on 28 February 2025?")), 1)[0].Value]);
    }

    [Fact]
    public void Neighbours_in_another_source_do_not_help()
    {
        Say("Ben", "The bow is from Ghent.", resource: "r1").Say("Alice", "Lovely weather.", resource: "r2");
        Assert.DoesNotContain("Lovely weather.", Ask("bow from Ghent"));
    }

    [Fact]
    public void What_the_named_person_said_comes_before_what_others_said()
    {
        Say("Alice", "I adopted a dog.", resource: "r1").Say("Ben", "I adopted a dog.", resource: "r2");
        var index = Index();
        foreach (var (question, first) in new[] { ("When did Alice adopt a dog?", 0), ("When did Ben adopt a dog?", 1) })
        {
            Assert.Equal(first, TopScores.Of(EvidenceRanker.Score(index, new Question(question)), 2)[0].Value);
        }
    }

    [Fact]
    public void A_name_does_not_favour_turns_that_address_the_person()
    {
        Say("Ben", "Alice, Alice, how are you?").Say("Alice", "The rehearsal was long.").Say("Ben", "Oh.");
        Assert.Equal("The rehearsal was long.", Ask("What rehearsal did Alice have?")[0]);
    }

    [Fact]
    public void What_is_told_comes_before_what_is_only_asked()
    {
        Say("Alice", "The harvest festival is in Antwerp?", resource: "r1").Say("Alice", "The harvest festival is in Antwerp.", resource: "r2");
        Assert.Equal("The harvest festival is in Antwerp.", Ask("harvest festival")[0]);
    }

    [Fact]
    public void A_question_and_its_answer_are_read_as_one()
    {
        Say("Ben", "Where is the festival?", resource: "r1").Say("Alice", "The harvest one is in Antwerp.", resource: "r1");
        Say("Ben", "The festival is long.", resource: "r2").Say("Alice", "The harvest one is in Antwerp.", resource: "r2");
        Assert.Equal([1, 0.5], new[] { 1, 3 }.Select(p => Math.Round(SignalOf(p, Signal.Told, "harvest festival"), 2)));
    }

    [Fact]
    public void Words_of_like_meaning_lead_to_a_turn_but_after_the_word_itself()
    {
        Say("Ben", "We had soup.").Say("Alice", "The sickness lasted for weeks.").Say("Ben", "Oh.").Say("Alice", "Then we had bread.")
            .Say("Alice", "My illness began in May.", resource: "r2");
        var found = Ask("Which illness?");
        Assert.Equal("My illness began in May.", found[0]);
        Assert.Contains("The sickness lasted for weeks.", found);
        Assert.DoesNotContain("Then we had bread.", found);
    }

    [Fact]
    public void Words_of_like_meaning_give_nothing_where_the_word_itself_stands_beside_them()
    {
        Say("Alice", "An illness, a long sickness.").Say("Ben", "A sickness?").Say("Ben", "Such a sickness.", resource: "r2");
        Assert.Equal(0, SignalOf(0, Signal.Related, "Which illness?"));
        Assert.Equal(0, SignalOf(1, Signal.Related, "Which illness?"));
        Assert.InRange(SignalOf(2, Signal.Related, "Which illness?"), 0.01, 1);
    }

    [Fact]
    public void What_holds_a_word_of_like_meaning_goes_before_what_stands_beside_it()
    {
        Say("Ben", "We went there on Saturday.").Say("Alice", "My sickness was over.").Say("Ben", "We took the train.");
        Assert.Equal("My sickness was over.", Ask("illness")[0]);
        Assert.True(SignalOf(1, Signal.Related, "illness") > SignalOf(0, Signal.Related, "illness"));
        Assert.Equal(SignalOf(0, Signal.Related, "illness"), SignalOf(2, Signal.Related, "illness"));
    }

    [Fact]
    public void Words_of_like_meaning_are_looked_for_with_the_first_terms_of_a_long_question_only()
    {
        Say("Ben", "Such a sickness.");
        var others = string.Join(' ', Enumerable.Range(0, WordScores.MostWithRelated).Select(n => $"zq{n}x"));
        Assert.InRange(SignalOf(0, Signal.Related, $"illness {others}"), 1e-4, 1);
        Assert.Equal(0, SignalOf(0, Signal.Related, $"{others} illness"));
    }

    [Theory]
    [InlineData("Welcher Rat war das?", "A rodent!")]
    [InlineData("Was für ein Gift nahm er?", "A prize.")]
    [InlineData("Comment s'appelle le chat ?", "What a conversation.")]
    [InlineData("Qui achète du pain ?", "It hurt.")]
    public void A_word_of_another_language_that_is_written_like_an_english_one_leads_nowhere(string question, string other)
    {
        Say("Ben", other).Say("Ben", "Soup.").Say("Ben", "Bread.");
        Assert.Empty(Ask(question));
    }

    [Theory]
    [InlineData("哪吒是谁?", "我们看了哪吒的电影。")]
    [InlineData("吗啡是什么?", "医生给了吗啡。")]
    [InlineData("喀什在哪里?", "我去了喀什。")]
    [InlineData("什锦饭是什么?", "我们吃了什锦。")]
    public void A_chinese_word_that_is_written_with_a_character_that_asks_is_found(string question, string passage)
    {
        Say("Ben", "今天很好。").Say("Ben", "天气不错。", resource: "r2").Say("Ben", passage, resource: "r3");
        Assert.Equal([passage], Ask(question));
    }

    [Fact]
    public void A_name_leads_to_its_other_forms_and_not_to_other_names()
    {
        Say("Ben", "Erica came by.").Say("Ben", "We flew to Philadelphia.", resource: "r2").Say("Ben", "Then Jeff called.", resource: "r3");
        Assert.Empty(Ask("Who is Alison?"));
        Assert.Empty(Ask("Was it in Boston?"));
        Assert.Equal(["Then Jeff called."], Ask("Who is Jeffrey?"));
    }

    [Fact]
    public void Words_of_like_meaning_lead_nowhere_among_paragraphs()
    {
        for (var i = 0; i < 6; i++)
        {
            spoken.Say(null, i == 3 ? "The sickness lasted for weeks." : $"Paragraph {i} of bread.");
        }

        Assert.Empty(Ask("Which illness?"));
    }

    [Fact]
    public void Something_of_the_kind_asked_for_is_found_but_after_the_word_itself()
    {
        Say("Alice", "The pets are asleep.", resource: "r1").Say("Alice", "A puppy moved in.", resource: "r2").Say("Alice", "Lovely weather.", resource: "r3").Say("Alice", "Is it a puppy?", resource: "r4");
        var found = Ask("pets");
        Assert.Equal(["The pets are asleep.", "A puppy moved in."], found.Take(2));
        Assert.DoesNotContain("Lovely weather.", found);
        Assert.Equal([0.0, 0.0], [SignalOf(0, Signal.Kind, "pets"), SignalOf(3, Signal.Kind, "pets")]);
    }

    [Fact]
    public void What_the_named_person_states_of_himself_counts_and_what_others_say_to_him_does_not()
    {
        Say("Alice", "I sold the boat.", resource: "r1").Say("Alice", "Ben sold the boat.", resource: "r2").Say("Ben", "You sold the boat.", resource: "r3").Say("Ben", "Cleo sold the boat.", resource: "r4");
        Assert.Equal(["I sold the boat.", "Ben sold the boat.", "Cleo sold the boat.", "You sold the boat."], Ask("Who bought Alice's boat?"));
    }

    [Fact]
    public void Thanks_and_praise_count_less_than_what_tells_something()
    {
        Say("Alice", "Wow, boats are big.", resource: "r1").Say("Alice", "Some boats are big.", resource: "r2");
        Assert.Equal("Some boats are big.", Ask("boats")[0]);
    }

    [Fact]
    public void What_the_named_person_did_or_likes_counts()
    {
        Say("Alice", "We saw boats by chance.", resource: "r1").Say("Alice", "We really love boats by now.", resource: "r2");
        Assert.Equal([0.0, 1], new[] { 0, 1 }.Select(p => SignalOf(p, Signal.Deed, "Alice and boats")));
    }

    [Theory]
    [InlineData("Which boats did Alice have?", true)]
    [InlineData("How many boats did Alice have?", true)]
    [InlineData("What does Alice like?", true)]
    [InlineData("Where is the boat of Alice?", false)]
    public void A_question_for_several_things_lifts_what_the_named_person_tells(string question, bool several)
    {
        Say("Alice", "A boat with three sails.").Say("Ben", "A boat with three sails.");
        Assert.Equal((several, false), (SignalOf(0, Signal.Several, question) > 0, SignalOf(1, Signal.Several, question) > 0));
    }

    [Fact]
    public void A_question_that_is_only_a_name_still_finds_the_name()
    {
        Say("Ben", "Alice came by.").Say("Alice", "Yes.");
        Assert.Contains("Alice came by.", Ask("Alice?"));
    }

    [Fact]
    public void The_date_that_a_question_names_decides_between_equals()
    {
        Say("Alice", "We went hiking.", Noon, "r1").Say("Alice", "We went hiking.", Noon.AddMonths(2), "r2").Say("Alice", "We went hiking.", Noon.AddMonths(4), "r3");
        Assert.Equal("p1", Index().Ids[TopScores.Of(EvidenceRanker.Score(Index(), new Question("Who went hiking in May 2025?")), 1)[0].Value]);
    }

    [Fact]
    public void A_question_for_a_time_prefers_turns_that_name_one()
    {
        Say("Alice", "My hiking boots broke.", resource: "r1").Say("Alice", "My hiking trip was last Friday.", resource: "r2");
        Assert.Equal("My hiking trip was last Friday.", Ask("When did the hiking happen?")[0]);
    }

    [Fact]
    public void What_the_person_said_counts_more_than_the_long_answers_of_an_assistant()
    {
        var advice = string.Join(' ', Enumerable.Range(0, 160).Select(i => $"advice{i}"));
        Say("assistant", advice, resource: "r1").Say("assistant", "Your marathon is on Sunday.", resource: "r1");
        Say("user", "My marathon is on Sunday.", resource: "r2").Say("assistant", advice, resource: "r2");
        Assert.Equal("My marathon is on Sunday.", Ask("marathon on Sunday")[0]);
        Assert.Equal("Your marathon is on Sunday.", Ask("What did you tell me about the marathon on Sunday?")[0]);
    }

    [Theory]
    [InlineData("Which canoe?", 0, 1)]
    [InlineData("Which canoe did you suggest?", 0.5, 0)]
    [InlineData("A canoe came. It is red. I like it.", 0, 0)]
    public void Words_of_the_side_that_is_not_asked_about_count_against_it(string question, double ofPerson, double ofAssistant)
    {
        Say("user", "The canoe.").Say("assistant", "The canoe.");
        Assert.Equal([ofPerson, ofAssistant], new[] { 0, 1 }.Select(p => SignalOf(p, Signal.OtherSide, question)));
    }

    [Fact]
    public void One_telling_sentence_is_not_lost_in_a_long_text()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 400).Select(i => $"filler{i}"));
        Say("", $"{filler} The harvest festival moved to Antwerp. {filler}").Say("", "Festival time.", resource: "r2");
        for (var i = 0; i < 40; i++)
        {
            Say("", $"Short note {i}.", resource: $"r{i + 3}");
        }

        Assert.StartsWith("filler0", Ask("harvest festival Antwerp")[0]);
    }

    [Fact]
    public void A_conversation_is_cut_into_sessions_at_long_pauses()
    {
        Say("a", "One.", Noon).Say("b", "Two.", Noon.AddMinutes(5)).Say("a", "Three.", Noon.AddDays(1)).Say("b", "Four.", Noon.AddDays(1), "r2");
        Assert.Equal([0, 0, 1, 2], Index().Facts.Select(f => f.Session));
    }

    [Fact]
    public void Without_times_the_topic_is_the_session()
    {
        Say("", "One.").Say("", "Two.", segment: 1).Say("", "Three.", segment: 1);
        Assert.Equal([0, 1, 1], Index().Facts.Select(f => f.Session));
    }

    [Fact]
    public void The_kind_of_talk_is_read_off_roles_and_lengths()
    {
        var answer = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"word{i}"));
        Say("user", "Question?", resource: "r1").Say("assistant", answer, resource: "r1");
        Say("user", "Hi!", resource: "r2").Say("assistant", "Hello!", resource: "r2");
        Say("Alice", answer, resource: "r3").Say("Ben", "Hm.", resource: "r3").Say("", answer, resource: "r4");
        Assert.Equal([SessionKind.AssistantChat, SessionKind.PeerChat, SessionKind.PeerChat, SessionKind.Document], Index().Sessions.Select(s => s.Kind));
    }

    [Theory]
    [InlineData("我昨天在京都买了一把大提琴。", "她在哪里买了大提琴？")]
    [InlineData("京都でチェロを買いました。", "チェロはどこで買いましたか？")]
    [InlineData("Ich habe in Kyoto ein Cello gekauft.", "Wo hat sie das Cello gekauft?")]
    [InlineData("اشتريت آلة التشيلو في كيوتو", "أين اشتريت التشيلو؟")]
    [InlineData("أعمل طبيبة في المستشفى الكبير", "في أي مستشفى تعمل؟")]
    [InlineData("Я купила виолончель в старом магазине.", "Где она покупала виолончели?")]
    [InlineData("The build fails in `parse_header()` of src/net/http_parser.c with E0425.", "Where does parse_header fail?")]
    [InlineData("Deploy with `kubectl rollout restart deploy/web-api`, see https://example.org/runbook?id=42.", "Which runbook shows how to restart deploy/web-api?")]
    [InlineData("ฉันซื้อเชลโลที่เชียงใหม่", "ซื้อเชลโลที่ไหน")]
    public void A_fact_is_found_in_its_own_language(string fact, string question)
    {
        Say("a", "今天下雨了。").Say("b", "Das Wetter ist gut.").Say("a", "الطقس جميل").Say("b", "元気ですか。").Say("a", fact).Say("b", "Tea?");
        Assert.Equal(fact, Ask(question)[0]);
    }

    [Fact]
    public void Scores_are_finite_for_any_text()
    {
        Say("", "").Say("\ud800", "\ud800 broken").Say("a", new string('x', 5000)).Say("b", "😀😀 😀").Say("c", "\0\0");
        foreach (var question in new[] { "", "?", "\ud800", "😀", "x", "1999-99-99", "May 45 of 9999" })
        {
            Assert.All(EvidenceRanker.Score(Index(), new Question(question)), s => Assert.True(float.IsFinite(s) && s >= 0));
        }
    }

    [Fact]
    public async Task A_question_written_to_keep_the_reader_looking_is_read_in_a_moment()
    {
        var text = string.Concat(Enumerable.Repeat("what did ", 50_000));

        // Time that grew with the square of its length took minutes.
        var question = await Task.Run(() => new Question(text), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.False(question.AsksSeveral);
    }

    [Theory]
    [InlineData("What does Alice do on a Sunday?", true)]
    [InlineData("What has Ben done with it?", true)]
    [InlineData("Where has Alice been?", true)]
    [InlineData("Which books have they read?", true)]
    [InlineData("What had Alice seen?", false)]
    [InlineData("Which places did Ben visit?", true)]
    [InlineData("What did Alice own?", false)]
    [InlineData("What does Alice own?", false)]
    [InlineData("Who did it?", false)]
    public void What_asks_for_several_things_is_seen(string question, bool severalThings) => Assert.Equal(severalThings, new Question(question).AsksSeveral);
}
