using System.Text.Json;

namespace MemU.Cli.Tests;

public sealed class JsonTests : DataFolderTests
{
    [Fact]
    public async Task Every_verb_answers_exactly_one_document_and_nothing_else()
    {
        var resource = (await MemorizeAsync("alice", "Alice keeps two [red] parrots in Oslo.")).GetProperty("resource").GetProperty("id").GetString()!;
        var export = Path.Combine(Folder, "alice.jsonl");
        string[][] calls =
        [
            ["quickstart"],
            ["memorize", Write("a.txt", "Alice likes tea."), "--modality", "text"],
            ["memorize", Write("b.txt", "Alice swims."), Write("c.txt", "Alice paints."), "--modality", "text"],
            ["retrieve", "Where are the parrots?"],
            ["list", "resources"], ["list", "items"], ["list", "categories"], ["list", "passages"], ["list", "history"], ["list", "spaces"],
            ["show", resource],
            ["migrate"],
            ["backup", "--to", Path.Combine(Folder, "backups")],
            ["export", "--to", export],
            ["import", export],
            ["reindex"], ["reindex", "--all-spaces"],
            ["doctor"],
            ["stats"], ["stats", "--all-spaces"],
            ["config"], ["completion", "bash"],
            ["delete", resource],
            ["reset", "--yes"],
        ];

        foreach (var call in calls)
        {
            var result = (await CallAsync([.. call, "--user", "alice", "--json"])).Done();
            Assert.True(IsOneObject(result.Output), string.Join(' ', call));
            Assert.Empty(result.Error);
        }

        var backup = Directory.GetDirectories(Path.Combine(Folder, "backups")).Single();
        Assert.True(IsOneObject((await CallAsync("restore", backup, "--json")).Done().Output));
    }

    [Fact]
    public async Task Memorize_answers_with_the_names_of_the_seed()
    {
        var answer = await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");

        Assert.Equal("added", answer.GetProperty("outcome").GetString());
        Assert.Equal("offline", answer.GetProperty("engine").GetString());
        Assert.Equal("alice", answer.GetProperty("resource").GetProperty("user_id").GetString());
        Assert.Equal("text", answer.GetProperty("resource").GetProperty("modality").GetString());
        Assert.Equal(10, answer.GetProperty("categories").GetArrayLength());
        Assert.NotEqual(0, answer.GetProperty("items").GetArrayLength());
        Assert.All(answer.GetProperty("relations").EnumerateArray(), r => Assert.True(r.TryGetProperty("item_id", out _) && r.TryGetProperty("category_id", out _)));
        Assert.Equal(0, answer.GetProperty("usage").GetProperty("calls").GetInt32());
        Assert.False(answer.GetProperty("index_pending").GetBoolean());
    }

    [Fact]
    public async Task Retrieve_explains_scores_that_add_up_and_packs_a_block_within_its_budget()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo. She feeds them nuts.");
        await MemorizeAsync("bob", "CANARY keeps three parrots.");
        var answer = (await CallAsync("retrieve", "How many parrots does Alice keep?", "--user", "alice", "--recipe", "fast", "--explain", "--max-tokens", "300", "--asked-at", "2026-03-02", "--json"))
            .Done().Json;

        Assert.InRange(answer.GetProperty("context_tokens").GetInt32(), 1, 300);
        Assert.Contains("two parrots", answer.GetProperty("context").GetString());
        Assert.DoesNotContain("CANARY", answer.GetProperty("context").GetString());
        var explanation = answer.GetProperty("explanation");
        Assert.Contains("number", explanation.GetProperty("understood").GetProperty("asks_for").EnumerateArray().Select(a => a.GetString()));
        foreach (var (why, hit) in explanation.GetProperty("evidence").EnumerateArray().Zip(answer.GetProperty("evidence").EnumerateArray()))
        {
            Assert.Equal(hit.GetProperty("id").GetString(), why.GetProperty("id").GetString());
            Assert.Equal(hit.GetProperty("score").GetDouble(), why.GetProperty("parts").EnumerateArray().Sum(p => p.GetProperty("score").GetDouble()), 9);
        }

        var plain = (await CallAsync("retrieve", "parrots", "--user", "alice", "--json")).Done().Json;
        Assert.False(plain.TryGetProperty("context", out _) || plain.TryGetProperty("explanation", out _));
    }

    [Fact]
    public async Task Retrieve_answers_with_the_names_of_the_seed_and_evidence()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");

        var answer = (await CallAsync("retrieve", "Where are the parrots?", "--user", "alice", "--json")).Done().Json;

        Assert.True(answer.GetProperty("needs_retrieval").GetBoolean());
        Assert.Equal("Where are the parrots?", answer.GetProperty("original_query").GetString());
        Assert.Equal("Where are the parrots?", answer.GetProperty("rewritten_query").GetString());
        Assert.True(answer.TryGetProperty("next_step_query", out _));
        Assert.All(new[] { "categories", "items", "resources", "trace", "warnings" }, name => Assert.Equal(JsonValueKind.Array, answer.GetProperty(name).ValueKind));
        var first = answer.GetProperty("evidence")[0];
        Assert.Contains("parrots", first.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(first.GetProperty("score").GetDouble() > 0);
    }

    [Fact]
    public async Task A_failure_is_a_document_with_its_kind()
    {
        var missing = (await CallAsync("memorize", "nowhere.txt", "--json")).Ended(1);
        var unknown = (await CallAsync("show", "no-such-id", "--json")).Ended(1);

        Assert.Equal("resource", missing.Json.GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal("not_found", unknown.Json.GetProperty("error").GetProperty("kind").GetString());
        Assert.NotEmpty(missing.Error);
    }

    [Fact]
    public async Task Pages_of_a_list_together_hold_everything_once()
    {
        foreach (var n in Enumerable.Range(1, 5))
        {
            await MemorizeAsync("alice", $"Alice owns boat number {n}.", $"{n}.txt");
        }

        var ids = new List<string?>();
        string? cursor = null;
        do
        {
            var page = (await CallAsync(["list", "resources", "--user", "alice", "--limit", "2", "--json", .. cursor is null ? [] : new[] { "--cursor", cursor }])).Done().Json;
            ids.AddRange(page.GetProperty("resources").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(5, ids.Count);
        Assert.Equal(5, ids.Distinct().Count());
    }

    private static bool IsOneObject(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }
}
