using MemU.Memorize;
using MemU.Reasoning;

namespace MemU.Tests.Offline;

public class ExtractorTests
{
    private const string Day = "2017-03-01T18:00:00Z"; // a Wednesday

    [Fact]
    public async Task An_item_says_who_and_when_and_resolves_the_date_in_it()
    {
        var item = Assert.Single(await Talk.ItemsAsync(Day, "Ada: I visited my aunt in Lisbon yesterday."));

        Assert.Equal("Ada (1 March 2017): I visited my aunt in Lisbon yesterday [28 February 2017].", item.Content);
        Assert.Equal(new DateTimeOffset(2017, 2, 28, 0, 0, 0, TimeSpan.Zero), item.HappenedAt);
        Assert.Equal(["p0"], item.PassageIds);
    }

    [Theory]
    [InlineData("Ada: Hey Bo! Good to see you! How are you?")]
    [InlineData("Ada: Thanks so much, Bo! Take care!")]
    [InlineData("Ada: Wow, that's awesome!")]
    [InlineData("Ada: Where did you buy the bicycle?")]
    [InlineData("user: Please write me a poem about autumn.")]
    [InlineData("assistant: You're welcome! Is there anything else I can help you with?")]
    [InlineData("assistant: Great question! Let me know how it goes.")]
    [InlineData("Ada: 你好！谢谢你。")]
    [InlineData("Ada: Guten Morgen! Vielen Dank!")]
    [InlineData("Ada: Das ist ja ganz toll, sehr gut!")]
    [InlineData("Ada: 🎉🎉")]
    public async Task Talk_that_tells_nothing_makes_no_item(string line) => Assert.Empty(await Talk.ItemsAsync(Day, line, "Bo: Hi Ada."));

    [Theory]
    [InlineData("Ada: I moved to Oslo last spring and found a flat near the harbour.", MemoryTypes.Event)]
    [InlineData("Ada: I'm a nurse at the children's hospital.", MemoryTypes.Profile)]
    [InlineData("Ada: My sister is allergic to peanuts.", MemoryTypes.Profile)]
    [InlineData("Ada: I run ten kilometres along the river every morning.", MemoryTypes.Behavior)]
    [InlineData("Ada: We usually cook Italian dishes on Sundays.", MemoryTypes.Behavior)]
    [InlineData("assistant: The capital of Australia is Canberra, not Sydney.", MemoryTypes.Knowledge)]
    public async Task The_type_follows_from_the_words(string line, string type) =>
        Assert.Equal(type, Assert.Single(await Talk.ItemsAsync(Day, line)).MemoryType);

    [Fact]
    public async Task An_answer_that_does_not_stand_alone_takes_its_question_along()
    {
        var items = await Talk.ItemsAsync(Day, "Bo: Do you have any brothers or sisters?", "Ada: Yes, two of them.");

        var item = Assert.Single(items);
        Assert.Equal("Bo: Do you have any brothers or sisters? — Ada (1 March 2017): Yes, two of them.", item.Content);
        Assert.Equal(["p0", "p1"], item.PassageIds);
    }

    [Fact]
    public async Task A_sentence_that_points_back_stays_with_what_it_points_at() =>
        Assert.Equal(
            "Ada (1 March 2017): I adopted a greyhound from the shelter. She was very shy around strangers.",
            Assert.Single(await Talk.ItemsAsync(Day, "Ada: I adopted a greyhound from the shelter. She was very shy around strangers.")).Content);

    [Fact]
    public async Task An_answer_that_names_somebody_is_not_lost() =>
        Assert.Equal(
            "Bo: Which choir did you join? — Ada (1 March 2017): The Harbour Larks!",
            Assert.Single(await Talk.ItemsAsync(Day, "Bo: Which choir did you join?", "Ada: The Harbour Larks!")).Content);

    [Fact]
    public async Task What_is_asked_of_an_assistant_is_no_item_but_what_it_shall_remember_is() =>
        Assert.Equal(
            "User (1 March 2017): Please remember that I'm allergic to penicillin.",
            Assert.Single(await Talk.ItemsAsync(Day, "user: Write me a short letter to my landlord.", "user: Please remember that I'm allergic to penicillin.")).Content);

    [Fact]
    public async Task The_points_of_a_list_stay_with_the_words_that_lead_in()
    {
        var items = await Talk.ItemsAsync(Day, "user: Here are my loans:\n\n1. **Type**: car loan.\n   **Bank**: Northern Trust.\n   **Rate**: 4% a year.\n2. **Type**: student loan.");

        Assert.Equal("User (1 March 2017): Here are my loans: Type: car loan. Bank: Northern Trust. Rate: 4% a year. Type: student loan.", Assert.Single(items).Content);
    }

    [Fact]
    public async Task Of_a_long_answer_of_an_assistant_few_statements_are_taken()
    {
        var answer = string.Join(' ', Enumerable.Range(1, 30).Select(i => $"Step {i} prepares chamber {i} with granite filters and copper tubes."));

        var items = await Talk.ItemsAsync(Day, "user: I keep a workshop in the old mill.", "assistant: " + answer);

        Assert.InRange(items.Count(i => i.PassageIds.Contains("p1")), 1, 3);
        Assert.Contains(items, i => i.PassageIds.SequenceEqual(["p0"]));
    }

    [Fact]
    public async Task Only_wanted_types_come_back()
    {
        var passages = Talk.At(Day, "Ada: I moved to Oslo and rented a flat near the harbour.", "Ada: I'm a nurse at the children's hospital.");

        var items = await Talk.ItemsAsync(Talk.Request(passages) with { MemoryTypes = [MemoryTypes.Profile] });

        Assert.Equal(MemoryTypes.Profile, Assert.Single(items).MemoryType);
    }

    [Fact]
    public async Task A_custom_type_takes_what_its_words_occur_in()
    {
        var passages = Talk.At(Day, "Ada: My knee injury from skiing still hurts.", "Ada: I bought a green bicycle at the market.");

        var items = await Talk.ItemsAsync(Talk.Request(passages) with
        {
            MemoryTypes = ["health", MemoryTypes.Event],
            TypeInstructions = new Dictionary<string, string> { ["health"] = "Anything about injury, pain or hurts." },
        });

        Assert.Equal(["health", MemoryTypes.Event], items.Select(i => i.MemoryType));
    }

    [Fact]
    public async Task Categories_come_from_the_words_and_only_from_those_offered()
    {
        var passages = Talk.At(Day, "Ada: My mother and my two daughters live in Porto.", "Ada: The telescope needs a new mirror, said the astronomy club.");

        var items = await Talk.ItemsAsync(Talk.Request(passages) with
        {
            Categories = [new("relationships", "Information about relationships with others"), new("star_gazing", "Astronomy and telescopes")],
        });

        Assert.Equal(["relationships"], items[0].Categories);
        Assert.Equal(["star_gazing"], items[1].Categories);
    }

    [Fact]
    public async Task What_is_said_twice_is_one_item() =>
        Assert.Single(await Talk.ItemsAsync(Day, "Ada: I bought a green bicycle in Porto.", "Bo: Good.", "Ada: I bought a green bicycle in Porto."));

    [Theory]
    [InlineData("小明: 我昨天去了北京的国家博物馆，看到了很多古代的瓷器。", "小明 (1 March 2017): 我昨天去了北京的国家博物馆，看到了很多古代的瓷器。")]
    [InlineData("花子: 私は京都の大学で化学を勉強しています。", "花子 (1 March 2017): 私は京都の大学で化学を勉強しています。")]
    [InlineData("سارة: أعمل ممرضة في مستشفى الأطفال منذ خمس سنوات.", "سارة (1 March 2017): أعمل ممرضة في مستشفى الأطفال منذ خمس سنوات.")]
    [InlineData("Jürgen: Ich wohne seit drei Jahren mit meiner Schwester in Göttingen.", "Jürgen (1 March 2017): Ich wohne seit drei Jahren mit meiner Schwester in Göttingen.")]
    [InlineData("Ana: Trabajo como enfermera en el hospital infantil 🏥 de Sevilla.", "Ana (1 March 2017): Trabajo como enfermera en el hospital infantil 🏥 de Sevilla.")]
    public async Task Every_language_is_taken_as_it_is(string line, string content) =>
        Assert.Equal(content, Assert.Single(await Talk.ItemsAsync(Day, line)).Content);

    [Fact]
    public async Task A_document_gives_statements_under_their_heading()
    {
        var passages = new[]
        {
            Talk.Say(0, null, "# Refund policy\n\nCustomers may return goods within 30 days. The warehouse in Leeds checks each parcel."),
            Talk.Say(1, null, "## Shipping\n\nParcels above 20 kg travel by freight."),
        };

        var items = await Talk.ItemsAsync(Talk.Request(passages, Modality.Document));

        Assert.Equal(
            ["Refund policy: Customers may return goods within 30 days. The warehouse in Leeds checks each parcel.", "Refund policy / Shipping: Parcels above 20 kg travel by freight."],
            items.Select(i => i.Content));
        Assert.All(items, i => Assert.Equal(MemoryTypes.Knowledge, i.MemoryType));
        Assert.Equal(["p0", "p1"], items[1].PassageIds);
    }

    [Fact]
    public async Task The_points_of_a_list_make_one_item()
    {
        var passage = Talk.Say(0, null, "## Materials\n\n- 24 spruce boards, 4 m long\n- Roofing felt (two rolls)\n- Screws, 80 mm");

        Assert.Equal(
            "Materials: 24 spruce boards, 4 m long; Roofing felt (two rolls); Screws, 80 mm",
            Assert.Single(await Talk.ItemsAsync(Talk.Request([passage], Modality.Document))).Content);
    }

    [Fact]
    public async Task The_number_of_items_is_bounded()
    {
        string[] lines = [.. Enumerable.Range(0, 500).Select(i => $"Ada: I planted {i} cherry trees beside barn number {i} in county {i}.")];

        Assert.InRange((await Talk.ItemsAsync(Day, lines)).Count, 10, 60);
    }

    [Fact]
    public async Task A_summary_prompt_that_cannot_be_followed_is_noted()
    {
        var log = new ReasoningLog();

        await Talk.Reasoner.ExtractAsync(Talk.Scope, Talk.Request(Talk.At(Day, "Ada: I like tea.")) with { Instructions = "In French, please." }, log, default);

        Assert.Contains("does not follow", Assert.Single(log.Notes));
    }
}
