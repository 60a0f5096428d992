using System.Text.Json;

namespace MemU.Cli.Tests;

public sealed class MemorizeTests : DataFolderTests
{
    [Fact]
    public async Task A_conversation_on_the_standard_input_is_recognised()
    {
        const string chat = """[{"id": "m1", "role": "user", "content": "I moved to Bergen in May.", "created_at": "2024-05-03 14:02:00"}, {"role": "assistant", "content": {"text": "Noted."}}]""";

        var stored = (await MemUCommand.RunAsync(["memorize", "-", "--user", "alice", "--data", Data, "--json"], chat)).Done().Json;
        var found = (await CallAsync("retrieve", "Where did I move?", "--user", "alice", "--json")).Done().Json;

        Assert.Equal("conversation", stored.GetProperty("resource").GetProperty("modality").GetString());
        var first = found.GetProperty("evidence")[0];
        Assert.Equal("m1", first.GetProperty("message_id").GetString());
        Assert.StartsWith("2024-05-03T14:02:00", first.GetProperty("happened_at").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_goes_on_after_a_missing_file_and_ends_with_1()
    {
        var good = Write("good.txt", "Alice owns a red kite.");
        var last = Write("last.txt", "Alice owns a green kite.");

        var batch = (await RunAsync("memorize", good, "missing.txt", last, "--modality", "text", "--user", "alice", "--json")).Ended(1).Json;

        var results = batch.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["added", "failed", "added"], results.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal(good, results[0].GetProperty("source").GetString());
        Assert.Contains("missing.txt", results[1].GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task A_batch_for_people_names_the_failed_one_in_one_line()
    {
        var result = (await CallAsync("memorize", Write("good.txt", "Alice owns a red kite."), "missing.txt", "--modality", "text")).Ended(1);

        Assert.Contains("Added", result.Output, StringComparison.Ordinal);
        Assert.Contains("missing.txt", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_again_adds_nothing_and_a_changed_one_replaces()
    {
        var file = Write("a.txt", "Alice owns a red kite.");
        string[] call = ["memorize", file, "--modality", "text", "--user", "alice", "--json"];

        var outcomes = new List<string?> { (await CallAsync(call)).Done().Json.GetProperty("outcome").GetString() };
        outcomes.Add((await CallAsync(call)).Done().Json.GetProperty("outcome").GetString());
        Write("a.txt", "Alice owns a yellow kite.");
        outcomes.Add((await CallAsync(call)).Done().Json.GetProperty("outcome").GetString());

        Assert.Equal(["added", "unchanged", "replaced"], outcomes);
        Assert.Equal(1, (await CallAsync("stats", "--user", "alice", "--json")).Done().Json.GetProperty("resources").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    public async Task An_empty_source_is_refused(string text)
    {
        (await MemUCommand.CallAsync(["memorize", "-", "--data", Data, "--json"], text)).Ended(1);

        Assert.Equal(0, (await CallAsync("stats", "--json")).Done().Json.GetProperty("resources").GetInt32());
    }

    [Fact]
    public async Task Sources_on_different_names_of_the_standard_input_stay_apart_and_the_same_name_replaces()
    {
        await MemorizeAsync("alice", "Alice owns a red kite.", "one");
        await MemorizeAsync("alice", "Alice owns a blue kite.", "two");
        var again = await MemorizeAsync("alice", "Alice owns a green kite.", "one");

        Assert.Equal("replaced", again.GetProperty("outcome").GetString());
        Assert.Equal(2, (await CallAsync("stats", "--user", "alice", "--json")).Done().Json.GetProperty("resources").GetInt32());
    }

    [Fact]
    public async Task Two_processes_that_memorize_at_once_lose_nothing()
    {
        var sources = Enumerable.Range(0, 12).Select(n => Write($"{n}.txt", $"Alice owns boat number {n}; its name is vessel{n}.")).ToList();

        var results = await Task.WhenAll(
            RunAsync(["memorize", .. sources.Take(6), "--modality", "text", "--user", "alice", "--json"]),
            RunAsync(["memorize", .. sources.Skip(6), "--modality", "text", "--user", "alice", "--json"]),
            RunAsync(["memorize", .. sources, "--modality", "text", "--user", "bob", "--json"]));

        Assert.All(results, r => r.Done());
        foreach (var user in new[] { "alice", "bob" })
        {
            Assert.Equal(12, (await CallAsync("stats", "--user", user, "--json")).Done().Json.GetProperty("resources").GetInt32());
        }

        (await CallAsync("doctor")).Done();
    }
}
