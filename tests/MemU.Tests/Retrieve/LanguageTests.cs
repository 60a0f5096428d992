using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

/// <summary>A few words hardly show their language; what was said is found all the same.</summary>
public sealed class LanguageTests
{
    private readonly RetrieveHouse house = new(isOffline: true);

    [Theory]
    [InlineData("Wo ist das Fahrrad von Alice?", "Fahrräder")]
    [InlineData("Fahrrad", "Fahrräder")]
    [InlineData("bicycle", "bicycles")]
    [InlineData("Wann kauft Alice die bicycles?", "bicycles")]
    [InlineData("¿Dónde están las bicicletas de mi hermano?", "hermanas")]
    [InlineData("hermana", "hermanas")]
    public async Task Words_meet_across_their_forms_and_the_language_of_the_question(string question, string word)
    {
        await house.AddTalkAsync(RetrieveHouse.Alice, "A talk in three languages", [
            ("Alice", "Ich habe zwei Fahrräder für meine Eltern und mich gekauft."),
            ("Alice", "The weather was fine and we had some tea with the neighbours."),
            ("Ben", "Mis hermanas viven con los abuelos en el norte."),
            ("Ben", "She sold both of her old bicycles to a friend of mine."),
            ("Alice", "Nothing else happened that day."),
        ], withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Bob, "Another", [("Bob", "Canary: Fahrrad bicycle hermana bicicletas, und das ist nicht von hier.")]);

        var result = await house.AskAsync(question, RetrieveOptions.Fast);

        Assert.Contains(word, result.Evidence[0].Value.Text);
        Assert.All(result.Evidence, e => Assert.DoesNotContain("Canary", e.Value.Text));
    }
}
