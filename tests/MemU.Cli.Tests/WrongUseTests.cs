namespace MemU.Cli.Tests;

public sealed class WrongUseTests : DataFolderTests
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { "memorise x", "Did you mean memorize?" },
        { "list itms", "itms" },
        { "list", "WHAT is missing" },
        { "memorize", "SOURCE is missing" },
        { "--quiet", "A verb is missing" },
        { "list items --limit 0", "--limit" },
        { "list items --limit 1001", "1000" },
        { "list items --limit many", "many" },
        { "list items --limt 5", "--limit" },
        { "list resources --type event", "--type" },
        { "retrieve", "QUESTION is missing" },
        { "retrieve x --method magic", "rag, llm" },
        { "retrieve x --top-k 0", "--top-k" },
        { "retrieve x --diversity 2", "--diversity" },
        { "retrieve x --diversity much", "--diversity" },
        { "retrieve x --tiers cellar", "cellar" },
        { "retrieve x --context none.json", "none.json" },
        { "memorize x --modality smell", "conversation, text, document, image, video, audio" },
        { "memorize x --name y", "--name" },
        { "memorize x --usr alice", "--usr" },
        { "memorize x --user --agent a", "--user needs a value" },
        { "list items --user --quiet", "--user needs a value" },
        { "memorize - -", "once" },
        { "config --provider opnai", "opnai" },
        { "stats --provider opnai", "offline, openai, azure-openai, ollama, anthropic" },
        { "stats --database oracle", "memory, sqlite" },
        { "stats --vectors papyrus", "papyrus" },
        { "stats --config none.json", "none.json" },
        { "export", "--to" },
        { "export --to - --json", "--to" },
        { "completion fish", "bash, zsh, pwsh" },
        { "reset", "--yes" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_ends_with_2_and_a_line_that_names_it(string line, string named)
    {
        var result = (await CallAsync(line.Split(' '))).Ended(2);

        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 1, 2);
        Assert.StartsWith("Error: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(named, lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_with_json_is_also_one_document(string line, string named)
    {
        var result = (await CallAsync([.. line.Split(' ').Where(w => w != "--json"), "--json"])).Ended(2);

        var error = result.Json.GetProperty("error");
        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(error.GetProperty("kind").GetString(), new[] { "usage", "confirmation_needed" });
    }

    [Fact]
    public async Task A_value_that_looks_like_an_option_is_taken_when_it_is_joined_by_an_equals_sign()
    {
        var result = (await CallAsync("stats", "--user=--agent", "--json")).Ended(0);

        Assert.Equal("--agent", result.Json.GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task A_cursor_that_no_list_gave_is_wrong_use()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");

        Assert.Contains("cursor", (await CallAsync("list", "items", "--user", "alice", "--cursor", "rubbish")).Ended(2).Error, StringComparison.Ordinal);
        const string OfAnotherList = "WyJhIiwxXQ";
        Assert.Contains("another order", (await CallAsync("list", "items", "--user", "alice", "--cursor", OfAnotherList)).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_without_its_value_is_wrong_use() =>
        Assert.Contains("--user", (await MemUCommand.CallAsync("retrieve", "x", "--user")).Ended(2).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task A_blank_question_is_wrong_use(string question) => Assert.Contains("blank", (await CallAsync("retrieve", question)).Ended(2).Error, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("--user", "")]
    [InlineData("--user", " ")]
    [InlineData("--user", "a\u0007b")]
    [InlineData("--agent", "")]
    [InlineData("--tenant", "\t")]
    [InlineData("--provider", "")]
    [InlineData("--database", " ")]
    [InlineData("--vectors", "")]
    [InlineData("--config", "")]
    public async Task A_blank_or_bad_value_is_wrong_use_and_names_which(string option, string value) =>
        Assert.Contains(option[2..], (await CallAsync("retrieve", "x", option, value)).Ended(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task An_id_that_is_too_long_is_wrong_use() =>
        Assert.Contains("256", (await CallAsync("stats", "--user", new string('x', 256))).Ended(2).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("memorize", "nowhere.txt")]
    [InlineData("show", "no-such-id")]
    [InlineData("delete", "no-such-id")]
    [InlineData("import", "nowhere.jsonl")]
    [InlineData("restore", "nowhere")]
    public async Task What_does_not_exist_is_a_failure_that_names_it(string verb, string name) =>
        Assert.Contains(name, (await CallAsync(verb, name)).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_mistake_makes_no_data_folder()
    {
        await CallAsync("retrieve", "x", "--method", "magic");
        await CallAsync("memorize", "x", "--modality", "smell");

        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task An_option_may_take_a_word_that_is_also_a_verb() =>
        Assert.Equal("list", (await CallAsync("--user", "list", "stats", "--json")).Done().Json.GetProperty("user_id").GetString());

    [Fact]
    public async Task A_word_with_an_at_sign_is_no_response_file() =>
        Assert.Equal("@alice", (await CallAsync("stats", "--user", "@alice", "--json")).Done().Json.GetProperty("user_id").GetString());
}
