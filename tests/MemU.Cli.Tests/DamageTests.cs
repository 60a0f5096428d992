using System.Text;
using System.Text.Json.Nodes;

namespace MemU.Cli.Tests;

public sealed class DamageTests : DataFolderTests
{
    public static TheoryData<string, byte[]> Damages => new()
    {
        { "empty", [] },
        { "truncated", Encoding.UTF8.GetBytes("""{"items": {"x": {"user_id": "a", "agent_id": "b", "vec""") },
        { "no object", "[1, 2]"u8.ToArray() },
        { "a word", "null"u8.ToArray() },
        { "no json", [0xFF, 0xFE, 0x00, 0x7B] },
        { "entries of a wrong shape", """{"items": {"x": 5}}"""u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_vector_file_is_an_error_and_not_a_byte_changes(string what, byte[] content)
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        await File.WriteAllBytesAsync(Path.Combine(Data, "vectors.json"), content);
        await CallAsync("stats", "--user", "alice");
        var before = Fingerprint();

        var memorize = (await CallAsync("memorize", Write("n.txt", "Alice also keeps a cat."), "--modality", "text", "--user", "alice", "--json")).Ended(1);
        var again = (await RunAsync("memorize", Write("n.txt", "Alice also keeps a cat."), "--modality", "text", "--user", "alice")).Ended(1);
        (await CallAsync("doctor")).Ended(1);

        Assert.True(before.SequenceEqual(Fingerprint()), what);
        Assert.Contains("vectors.json", memorize.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("vectors.json", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut off")]
    [InlineData("emptied")]
    public async Task A_damaged_index_of_a_large_vector_file_is_made_anew_and_changes_no_answer(string damage)
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var vectors = Path.Combine(Data, "vectors.json");
        var content = JsonNode.Parse(await File.ReadAllTextAsync(vectors))!;
        for (var i = 0; i < 60; i++)
        {
            var numbers = string.Join(", ", Enumerable.Range(1, 1500).Select(n => $"0.0{n}4512345678{i}"));
            content["items"]![$"canary-{i}"] = JsonNode.Parse($$"""{"user_id": "bob", "agent_id": "default", "vector": [{{numbers}}], "text": "canary"}""");
        }

        await File.WriteAllTextAsync(vectors, content.ToJsonString());
        string[] question = ["retrieve", "Who keeps parrots?", "--user", "alice", "--json"];
        var (answer, doctor) = ((await CallAsync(question)).Done().Output, await CallAsync("doctor", "--json"));
        var index = Path.Combine(Data, "vectors.json.index");
        var sound = await File.ReadAllBytesAsync(index);
        await File.WriteAllBytesAsync(index, damage switch
        {
            "changed" => [.. sound.Select((b, at) => at < sound.Length - 1000 ? (byte)(b ^ 1) : b)],
            "cut off" => sound[..(sound.Length / 2)],
            _ => [],
        });

        Assert.Equal(answer, (await CallAsync(question)).Done().Output);
        Assert.Equal((doctor.ExitCode, doctor.Output), await CallAsync("doctor", "--json") is var after ? (after.ExitCode, after.Output) : default);
        Assert.DoesNotContain("canary", answer, StringComparison.Ordinal);
        Assert.Equal(sound, await File.ReadAllBytesAsync(index));
    }

    [Fact]
    public async Task A_folder_in_place_of_the_database_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(Path.Combine(Data, "memu.db"));
        await File.WriteAllTextAsync(Path.Combine(Data, "memu.db", "mine.txt"), "mine");
        var before = Fingerprint();

        foreach (var call in new string[][] { ["stats"], ["memorize", Write("n.txt", "Alice keeps a cat.")], ["retrieve", "cat"], ["migrate"] })
        {
            Assert.Contains("memu.db", (await CallAsync(call)).Ended(1).Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_error_and_stays_as_it_is()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "memu.db"), new string('x', 5000));
        var before = Fingerprint();

        Assert.Contains("memu.db", (await CallAsync("memorize", Write("n.txt", "Alice keeps a cat."))).Ended(1).Error, StringComparison.Ordinal);

        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task A_file_in_place_of_the_data_folder_is_an_error_that_names_it()
    {
        Write("data", "mine");

        Assert.Contains("data", (await CallAsync("memorize", Write("n.txt", "Alice keeps a cat."))).Ended(1).Error, StringComparison.Ordinal);

        Assert.Equal("mine", await File.ReadAllTextAsync(Data));
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("list", "items")]
    [InlineData("retrieve", "cat")]
    [InlineData("doctor")]
    public async Task Reading_an_empty_data_folder_is_no_error(params string[] call) => (await CallAsync(call)).Done();
}
