using MemU.TestSupport;

namespace MemU.Tests.Llm;

public sealed class ExtractTests
{
    [Fact]
    public async Task All_types_and_the_caption_come_from_one_call()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""
            {"caption":"Alice tells of her move.","items":[
              {"type":"profile","content":"Alice is a nurse.","categories":["WORK_LIFE"],"source":[1]},
              {"type":"event","content":"Alice moved to Graz on 2024-04-30.","categories":["preferences","work_life"],"source":[1,3],"happened_at":"2024-04-30"},
              {"type":"knowledge","content":"Graz is in Styria.","categories":[],"source":[2]},
              {"type":"behavior","content":"Alice runs every morning.","categories":null,"source":["3"]}]}
            """);

        var request = ModelUnderTest.Extraction("I am a nurse and moved to Graz yesterday.", "Graz is in Styria.", "I run every morning.") with { WantCaption = true };
        var result = await model.Reasoner.ExtractAsync(model.Scope, request, model.Log, TestContext.Current.CancellationToken);

        Assert.Single(model.Server.Chats);
        Assert.Equal("Alice tells of her move.", result.Caption);
        Assert.Equal(["profile", "event", "knowledge", "behavior"], result.Items.Select(i => i.MemoryType));
        Assert.Equal(["work_life"], result.Items[0].Categories);
        Assert.Equal(["preferences", "work_life"], result.Items[1].Categories);
        Assert.Equal(["p1", "p3"], result.Items[1].PassageIds);
        Assert.Equal(new DateTimeOffset(2024, 4, 30, 0, 0, 0, TimeSpan.Zero), result.Items[1].HappenedAt);
        Assert.Equal(["p3"], result.Items[3].PassageIds);
        Assert.Empty(result.Items[3].Categories);
        Assert.Null(result.Items[3].HappenedAt);
        Assert.Empty(model.Log.Notes);
    }

    [Fact]
    public async Task The_prompt_holds_messages_with_speaker_and_time_types_and_categories()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"items":[]}""");
        var request = ModelUnderTest.Extraction("I moved yesterday.", "Nice.") with
        {
            MemoryTypes = ["event", "dream"],
            TypeInstructions = new Dictionary<string, string> { ["dream"] = "what was dreamt at night" },
            Instructions = "Look for moves.",
        };

        await model.Reasoner.ExtractAsync(model.Scope, request, model.Log, TestContext.Current.CancellationToken);

        var sent = model.Server.Chats.Single();
        Assert.Equal("gpt-4o-mini", sent.Json["model"]!.GetValue<string>());
        Assert.Contains("- dream: what was dreamt at night", sent.System);
        Assert.Contains("Look for moves.", sent.System);
        Assert.DoesNotContain("- knowledge", sent.System);
        var messages = sent.Block("messages");
        Assert.Equal(["I moved yesterday.", "Nice."], messages.Select(m => m["text"]!.GetValue<string>()));
        Assert.Equal(["user", "assistant"], messages.Select(m => m["from"]!.GetValue<string>()));
        Assert.Equal("2024-05-01 09:00, Wednesday", messages[0]["time"]!.GetValue<string>());
        Assert.Equal(["preferences", "work_life"], sent.Block("categories").Select(c => c["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_empty_list_is_no_memory()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"items": []}""");

        var result = await model.ExtractAsync("Hello.", "Hi.");

        Assert.Empty(result.Items);
        Assert.Single(model.Server.Chats);
    }

    [Fact]
    public async Task Malformed_entries_are_dropped_and_reported_and_the_good_ones_kept()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""
            Sure! Here is what I found:
            ```json
            {"items":[
              {"type":"event","content":42},
              {"type":"event"},
              "just text",
              null,
              {"type":"rumour","content":"Alice may be a spy."},
              {"type":"event","content":"None"},
              {"type":"event","content":"I'm sorry, but I can't help with that."},
              {"type":"event","content":"Resource chat.json (conversation) stored."},
              {"type":"Events","content":"Alice saw a play.","categories":"preferences","source":"1","happened_at":"soon"},
              {"type":"event","content":"Alice saw a play.","categories":["preferences"],"source":[1]},
              {"type":"behaviour","content":"Alice sings.","categories":["music", 7, "Preferences"],"source":[0, 2, 99, "1-2"]},
            ]}
            ```
            """);

        var result = await model.ExtractAsync("I saw a play.", "I sing.");

        Assert.Equal(["Alice saw a play.", "Alice sings."], result.Items.Select(i => i.Content));
        Assert.Equal(["event", "behavior"], result.Items.Select(i => i.MemoryType));
        Assert.Equal(["preferences"], result.Items[0].Categories);
        Assert.Equal(["p1"], result.Items[0].PassageIds);
        Assert.Null(result.Items[0].HappenedAt);
        Assert.Equal(["preferences"], result.Items[1].Categories);
        Assert.Equal(["p1", "p2"], result.Items[1].PassageIds);
        string[] notes =
        [
            "extract: dropped 2 × entry that is no object.",
            "extract: dropped 2 × entry whose 'content' is not text.",
            "extract: dropped 1 × entry whose 'type' is none of the wanted ones.",
            "extract: dropped 1 × entry whose 'content' is a refusal.",
            "extract: dropped 1 × entry whose 'content' is a placeholder.",
            "extract: dropped 1 × 'happened_at' that is no date.",
            "extract: dropped 2 × category name that is not in the list.",
            "extract: dropped 2 × 'source' number that is no message.",
        ];
        Assert.All(notes, n => Assert.Contains(n, model.Log.Notes));
        Assert.DoesNotContain(model.Log.Notes, n => n.Contains("spy", StringComparison.Ordinal) || n.Contains("music", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2024-04-30", "2024-04-30T00:00:00+00:00")]
    [InlineData("2024-04-30T18:15", "2024-04-30T18:15:00+00:00")]
    [InlineData("2024-04-30 18:15:30", "2024-04-30T18:15:30+00:00")]
    [InlineData("2024-04-30T18:15:00+02:00", "2024-04-30T18:15:00+02:00")]
    [InlineData("2024-04-30T18:15:00Z", "2024-04-30T18:15:00+00:00")]
    [InlineData("2024-04", "2024-04-01T00:00:00+00:00")]
    [InlineData("1999", "1999-01-01T00:00:00+00:00")]
    [InlineData("2024-05-01 09:00, Wednesday", "2024-05-01T09:00:00+00:00")]
    [InlineData("null", null)]
    [InlineData("unknown", null)]
    [InlineData("2024-02-31", null)]
    [InlineData("12", null)]
    public async Task Dates_are_read_as_models_write_them(string written, string? expected)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say($$"""{"items":[{"type":"event","content":"Alice moved.","happened_at":"{{written}}"}]}""");

        var item = Assert.Single((await model.ExtractAsync("I moved.")).Items);

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected), item.HappenedAt);
        Assert.Equal(expected is null ? (TimeSpan?)null : DateTimeOffset.Parse(expected).Offset, item.HappenedAt?.Offset);
    }

    [Fact]
    public async Task Answers_grouped_by_type_are_understood()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"profile":["Alice is a nurse."],"event":[{"content":"Alice moved.","source":1}],"knowledge":[]}""");

        var items = (await model.ExtractAsync("I am a nurse and moved.")).Items;

        Assert.Equal([("profile", "Alice is a nurse."), ("event", "Alice moved.")], items.Select(i => (i.MemoryType, i.Content)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("I could not find anything to say here")]
    [InlineData("""{"something":"else"}""")]
    [InlineData("""{"items":[{"type":"event","cont""")]
    public async Task An_answer_of_no_use_is_asked_for_once_more(string rubbish)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say(rubbish, """{"items":[{"type":"event","content":"Alice moved."}]}""");

        var result = await model.ExtractAsync("I moved.");

        Assert.Equal("Alice moved.", Assert.Single(result.Items).Content);
        Assert.Equal(2, model.Server.Chats.Count);
        Assert.Equal(2, model.Log.Usage.Calls);
        Assert.Contains("extract: the model's first answer could not be used; it was asked once more.", model.Log.Notes);
        Assert.StartsWith(model.Server.Chats[0].System, model.Server.Chats[1].System);
    }

    [Theory]
    [InlineData("", "was empty")]
    [InlineData("nothing but words", "held no JSON")]
    [InlineData("""{"something":"else"}""", "another shape")]
    public async Task An_answer_of_no_use_twice_is_an_error(string rubbish, string fault)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Always(ScriptedReply.Text(rubbish));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.ExtractAsync("I moved."));

        Assert.Equal("extract", error.Task);
        Assert.Contains(fault, error.Message);
        Assert.Contains("openai/gpt-4o-mini", error.Message);
        Assert.Equal(2, model.Server.Chats.Count);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_and_one_without_choices_are_answers_of_no_use()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Reply(ScriptedReply.NoChoices(), ScriptedReply.Body("<html>gateway</html>"));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.ExtractAsync("I moved."));

        Assert.Equal("extract", error.Task);
        Assert.Contains("could not be read", error.Message);
        Assert.DoesNotContain("gateway", error.ToString());
        Assert.Equal(2, model.Server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_an_error_and_never_a_memory()
    {
        ScriptedReply[] refusals =
        [
            ScriptedReply.Refusal("I can't do that."), ScriptedReply.ContentFilter(), ScriptedReply.Text("I'm sorry, but I can't assist with that request."),
        ];
        foreach (var refusal in refusals)
        {
            await using var model = await ModelUnderTest.StartAsync();
            model.Server.Always(refusal);

            var error = await Assert.ThrowsAsync<ReasonerException>(() => model.ExtractAsync("I moved."));

            Assert.Contains("declined", error.Message);
            Assert.False(error.IsTransient);
            Assert.Single(model.Server.Requests);
        }
    }

    [Fact]
    public async Task What_is_complete_in_an_answer_that_hit_its_limit_is_kept()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Reply(ScriptedReply.Truncated("""{"items":[{"type":"event","content":"Alice moved."},{"type":"event","content":"Alice mar"""));

        var result = await model.ExtractAsync("I moved.");

        Assert.Equal("Alice moved.", Assert.Single(result.Items).Content);
        Assert.Contains("extract: the model's answer was cut short; what was complete was kept.", model.Log.Notes);
    }

    [Fact]
    public async Task A_provider_without_JSON_mode_is_asked_without_it_from_then_on()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Reply(ScriptedReply.Status(400, "unsupported", "'response_format' of type 'json_object' is not supported"))
            .Reply(ScriptedReply.Status(400, "unsupported", "'temperature' does not support 0.1"))
            .Say("""{"items":[]}""", """{"items":[]}""");

        await model.ExtractAsync("Hello.");
        await model.ExtractAsync("Hello.");

        Assert.Equal(4, model.Server.Chats.Count);
        Assert.Equal([true, false, false, false], model.Server.Chats.Select(c => c.Json["response_format"] is not null));
        Assert.Equal([true, true, false, false], model.Server.Chats.Select(c => c.Json["temperature"] is not null));
    }

    [Fact]
    public async Task A_segment_longer_than_a_prompt_is_read_in_parts()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 1_000 });
        model.Server.AnswerSensibly();
        var longText = string.Join(' ', Enumerable.Range(0, 400).Select(i => $"word{i}"));

        var result = await model.ExtractAsync("Short one.", longText, "The end.");

        Assert.True(model.Server.Chats.Count >= 3);
        Assert.All(model.Server.Chats, c => Assert.InRange(c.User.Length, 1, 2_000));
        Assert.Equal(["p1", "p2", "p3"], result.Items.SelectMany(i => i.PassageIds).Distinct());
        Assert.Equal(longText, string.Join(' ', result.Items.Where(i => i.PassageIds[0] == "p2").Select(i => i.Content["assistant said: ".Length..])));
    }

    [Fact]
    public async Task Tokens_calls_and_time_are_counted()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.AnswerSensibly();

        await model.ExtractAsync("I moved.");

        var usage = model.Log.Usage;
        Assert.Equal(1, usage.Calls);
        Assert.True(usage.InputTokens > 0);
        Assert.True(usage.OutputTokens > 0);
        Assert.True(usage.ModelTime > TimeSpan.Zero);
    }
}
