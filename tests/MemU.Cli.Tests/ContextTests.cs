using MemU.Cli.Verbs;

namespace MemU.Cli.Tests;

public sealed class ContextTests : DataFolderTests
{
    [Theory]
    [InlineData("""["Hi", {"role": "assistant", "content": "Hello"}, {"speaker": "Ann", "content": {"text": "Bye"}}]""")]
    [InlineData("""{"messages": ["Hi", {"role": "assistant", "content": "Hello"}, {"role": "Ann", "content": "Bye"}]}""")]
    [InlineData("user: Hi\nassistant: Hello\n\nAnn: Bye")]
    public void Messages_come_as_json_or_as_lines(string text) =>
        Assert.Equal([("user", "Hi"), ("assistant", "Hello"), ("Ann", "Bye")], ContextFile.Parse(text, "f").Select(m => (m.Role.Value, m.Text)));

    [Fact]
    public void A_line_without_a_role_goes_on_with_the_one_before() =>
        Assert.Equal([("ann", "Hi"), ("ann", "there, it is late")], ContextFile.Parse("ann: Hi\nthere, it is late", "f").Select(m => (m.Role.Value, m.Text)));

    [Theory]
    [InlineData("[")]
    [InlineData("[5]")]
    [InlineData("""[{"role": "user"}]""")]
    [InlineData("""{"other": []}""")]
    [InlineData("""[{"role": "user", "content": 5}]""")]
    public void Another_shape_is_an_error_that_names_the_file(string text) =>
        Assert.Contains("f.json", Assert.Throws<ArgumentException>(() => ContextFile.Parse(text, "f.json")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_follow_up_question_is_understood_from_its_context()
    {
        await MemorizeAsync("alice", "Nora plays the cello every Tuesday.");
        var context = Write("context.txt", "user: Tell me about Nora.\nassistant: What would you like to know?");

        var found = (await CallAsync("retrieve", "What does she play?", "--context", context, "--user", "alice", "--json")).Done().Json;

        Assert.Contains("Nora", found.GetProperty("rewritten_query").GetString(), StringComparison.Ordinal);
        Assert.Contains("cello", found.GetProperty("evidence")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }
}
