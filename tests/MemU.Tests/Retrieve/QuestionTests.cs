using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("Where did I leave the canoe?", true)]
    [InlineData("I left the canoe where?!", true)]
    [InlineData("where did I leave the canoe", true)]
    [InlineData("Tell me where I left the canoe.", true)]
    [InlineData("Please list the boats that I have owned.", true)]
    [InlineData("Where is it? And whose is it?", true)]
    [InlineData("独木舟在哪里？", true)]
    [InlineData("The user left the canoe in Ghent.", false)]
    [InlineData("The canoe is back! What comes next?", false)]
    [InlineData("独木舟在根特。", false)]
    [InlineData("Hi! Where is the canoe? Thanks!", true)]
    [InlineData("你好！独木舟在哪里？谢谢！", true)]
    [InlineData("¡Hola! ¿Dónde está la canoa?", true)]
    [InlineData("Can you tell me where the canoe is.", true)]
    [InlineData("Hey, what is the canoe called.", true)]
    [InlineData("Did I leave at 3 p.m.", true)]
    [InlineData("カヌーはどこですか。", true)]
    [InlineData("(Where does Mr. Smith live?) 😀", true)]
    [InlineData("“The canoe is blue.”", false)]
    [InlineData("The canoe is blue! 🎉", false)]
    [InlineData("カヌーは青い。」", false)]
    [InlineData("When I was young I had a canoe.", false)]
    [InlineData("What a canoe!", false)]
    [InlineData("Help arrived.", false)]
    [InlineData("Thanks!", false)]
    [InlineData("What is next? Who comes? When?", false)]
    public void A_plain_question_only_asks(string text, bool plain) => Assert.Equal(plain, new Question(text).IsPlain);

    [Theory]
    [InlineData("What did you say about the canoe?", true)]
    [InlineData("Which boats have you drawn for me?", true)]
    [InlineData("You offered four ideas for the canoe; what were they?", true)]
    [InlineData("How did your formal strategy divide my savings?", true)]
    [InlineData("Which canoe should you recommend to me?", false)]
    [InlineData("Would I be glad if you suggested a canoe?", false)]
    [InlineData("How is your canoe?", false)]
    public void What_an_assistant_said_is_asked_for_where_it_spoke_not_where_it_might(string text, bool asks) => Assert.Equal(asks, new Question(text).AsksAssistant);

    [Theory]
    [InlineData("Hi! Where is the canoe? Thanks!", false)]
    [InlineData("I sold it. It was old. Where is it?", true)]
    public void A_greeting_or_thanks_makes_no_talk_of_a_question(string text, bool goesOn) => Assert.Equal(goesOn, new Question(text).GoesOn);
}
