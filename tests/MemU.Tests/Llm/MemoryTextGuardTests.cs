using MemU.Reasoning;

namespace MemU.Tests.Llm;

public sealed class MemoryTextGuardTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n\u00a0\u3000")]
    [InlineData("...")]
    [InlineData("- * —")]
    [InlineData("。！")]
    [InlineData("None")]
    [InlineData("\"none.\"")]
    [InlineData("N/A")]
    [InlineData("null")]
    [InlineData("undefined")]
    [InlineData("[]")]
    [InlineData(" [ ] ")]
    [InlineData("{}")]
    [InlineData("[{}, null, \"\"]")]
    [InlineData("{\"items\": []}")]
    [InlineData("no memories")]
    [InlineData("No memories.")]
    [InlineData("No new memories were found in this conversation.")]
    [InlineData("There is no relevant information to extract")]
    [InlineData("No information available.")]
    [InlineData("**No relevant memories found**")]
    [InlineData("The user did not provide any information.")]
    [InlineData("The user doesn't share any personal details about themselves.")]
    [InlineData("The conversation contains no memorable information.")]
    [InlineData("This text does not mention anything about the user.")]
    [InlineData("The segment does not contain anything worth remembering.")]
    [InlineData("There is no information about the user's profile.")]
    [InlineData("No response")]
    [InlineData("Error: rate limit exceeded")]
    [InlineData("没有相关信息")]
    [InlineData("関連する情報はありません。")]
    [InlineData("keine")]
    [InlineData("Aucune information")]
    [InlineData("ninguno")]
    [InlineData("нет данных")]
    [InlineData("没有")]
    [InlineData("なし。")]
    [InlineData("없음")]
    public void What_says_nothing_is_not_storable(string? text) => AssertRejected(text);

    [Theory]
    [InlineData("Resource https://example.org/a.txt (conversation) stored. No profile summary in v0.")]
    [InlineData("Resource chat.json (conversation) stored")]
    [InlineData("Resource my file with blanks.txt (document) stored.")]
    [InlineData("Resource /tmp/x.txt stored.")]
    [InlineData("<content>")]
    [InlineData("[memory content]")]
    [InlineData("{content}")]
    [InlineData("{{memory}}")]
    [InlineData("TODO")]
    [InlineData("string")]
    [InlineData("Example memory content")]
    public void A_placeholder_is_not_storable(string text) => AssertRejected(text);

    [Theory]
    [InlineData("I'm sorry, but I can't assist with that.")]
    [InlineData("I’m sorry, but I can’t help with that request.")]
    [InlineData("Sorry, I can't help you with that.")]
    [InlineData("I apologize, but I cannot provide information about this topic.")]
    [InlineData("I cannot fulfill this request.")]
    [InlineData("I can't comply with this request")]
    [InlineData("Unfortunately, I am unable to process this conversation.")]
    [InlineData("I am not able to extract memories from this content.")]
    [InlineData("I'm sorry, but I can't do that.")]
    [InlineData("Sorry, I cannot open external links or files.")]
    [InlineData("Unfortunately I can't access the attached document.")]
    [InlineData("As an AI language model, I do not have personal memories.")]
    [InlineData("As an AI, I cannot store personal data.")]
    [InlineData("I am an AI assistant and have no access to files.")]
    [InlineData("I don't have access to the conversation.")]
    [InlineData("Please provide the conversation you would like me to analyze.")]
    [InlineData("This content may violate our usage policies.")]
    [InlineData("Your request was blocked by the content filter.")]
    [InlineData("Es tut mir leid, aber ich kann dabei nicht helfen.")]
    [InlineData("Als KI-Sprachmodell habe ich keine Erinnerungen.")]
    [InlineData("Je suis désolé, mais je ne peux pas vous aider avec cela.")]
    [InlineData("Lo siento, pero no puedo ayudar con eso.")]
    [InlineData("Mi dispiace, ma non posso aiutarti con questo.")]
    [InlineData("Desculpe, mas não posso ajudar com isso.")]
    [InlineData("Извините, но я не могу помочь с этим.")]
    [InlineData("对不起，我无法协助处理这个请求。")]
    [InlineData("申し訳ありませんが、そのリクエストにはお応えできません。")]
    [InlineData("죄송하지만 해당 요청을 도와드릴 수 없습니다.")]
    [InlineData("عذرًا، لا يمكنني المساعدة في ذلك.")]
    public void A_refusal_is_not_storable(string text) => AssertRejected(text);

    [Theory]
    [InlineData("Alice is sorry that she can't come on Friday.")]
    [InlineData("I can't eat peanuts.")]
    [InlineData("I cannot help worrying about my mother's health.")]
    [InlineData("I can't open the garage door since it froze.")]
    [InlineData("I can't share a room with Bob, it is too loud.")]
    [InlineData("I cannot read the small text on my phone without glasses.")]
    [InlineData("Sorry, I can't see Dana before Monday.")]
    [InlineData("I am unable to climb stairs since the accident in May 2021.")]
    [InlineData("I'm sorry, but I can't make it on Friday")]
    [InlineData("I won't see Tom before the wedding.")]
    [InlineData("As an AI engineer, Alice builds language models at a bank.")]
    [InlineData("As an AI researcher I moved to Zurich in 2019.")]
    [InlineData("Bob works as an AI language model trainer.")]
    [InlineData("None of Alice's brothers live in Berlin.")]
    [InlineData("No memories of his childhood remain, says Bob.")]
    [InlineData("No information about the budget was shared with Alice's team before March.")]
    [InlineData("Nothing makes Dana happier than rain.")]
    [InlineData("The user does not share any personal details with colleagues.")]
    [InlineData("The user has no children.")]
    [InlineData("The user did not mention the wedding to anybody.")]
    [InlineData("The document contains no section about heating.")]
    [InlineData("没有花生的饼干他才吃")]
    [InlineData("彼の仕事の情報はありませんか")]
    [InlineData("Resources are stored in the blue cabinet.")]
    [InlineData("Resource planning files are stored on the team's drive.")]
    [InlineData("Alice asked the assistant to help and it answered that it can't assist with that.")]
    [InlineData("Please call Alice before noon, she prefers that.")]
    [InlineData("Null is the surname of Bob's wife.")]
    [InlineData("Alice's dog is called [] because she likes code.")]
    [InlineData("Es tut mir leid, dass ich am Freitag nicht kann.")]
    [InlineData("Je suis désolé, mais je ne peux pas venir vendredi.")]
    [InlineData("对不起，我不能吃花生。")]
    [InlineData("用户住在北京")]
    [InlineData("user: 無糖")]
    [InlineData("42")]
    [InlineData("{\"retries\": 3}")]
    [InlineData("Alice doesn't have access to the conversation room key.")]
    public void A_genuine_memory_with_such_words_is_storable(string text)
    {
        Assert.True(MemoryTextGuard.IsStorable(text, out var why), why);
        Assert.Null(why);
    }

    [Fact]
    public void The_reason_never_quotes_the_text()
    {
        Assert.False(MemoryTextGuard.IsStorable("I'm sorry, but I can't help with the zebra request.", out var why));
        Assert.DoesNotContain("zebra", why);
    }

    private static void AssertRejected(string? text)
    {
        Assert.False(MemoryTextGuard.IsStorable(text, out var why));
        Assert.False(string.IsNullOrWhiteSpace(why));
    }
}
