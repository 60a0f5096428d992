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

    [Theory]
    [InlineData("弟の仕事は何ですか？", "健太")]
    [InlineData("何曜日に泳ぎますか？", "金曜日")]
    [InlineData("我什么时候去游泳？", "星期五")]
    [InlineData("你妹妹是做什么的？", "牙医")]
    [InlineData("고양이 이름은 무엇입니까?", "나비")]
    public async Task What_only_asks_in_a_script_without_blanks_leads_nowhere(string question, string answer)
    {
        await house.AddTalkAsync(RetrieveHouse.Alice, "A talk in Japanese", [
            ("Alice", "来月、京都に引っ越します。弟の健太は消防士です。"), ("Ben", "いいですね。京都で何をしますか？"), ("Alice", "大学で建築を勉強します。"),
            ("Ben", "週末は何をしていますか？"), ("Alice", "金曜日はプールで泳ぎます。"),
        ], withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Alice, "A talk in Chinese", [
            ("Alice", "我妹妹在成都当牙医。"), ("Ben", "你周末做什么？"), ("Alice", "星期五我去游泳。"), ("Ben", "你什么时候搬家？"), ("Alice", "下个月。"),
        ], withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Alice, "A talk in Korean", [
            ("Alice", "우리 고양이는 나비라고 합니다."), ("Ben", "직업이 무엇입니까?"), ("Alice", "저는 부산에서 간호사로 일합니다."),
        ], withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Bob, "Another", [("Bob", "Canary 弟の仕事は何ですか 我什么时候去游泳 고양이 이름은 무엇입니까")]);

        var result = await house.AskAsync(question, RetrieveOptions.Fast);

        Assert.Contains(answer, result.Evidence[0].Value.Text);
        Assert.All(result.Evidence, e => Assert.DoesNotContain("Canary", e.Value.Text));
    }
}
