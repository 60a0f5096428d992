using System.Text;

namespace MemU.Tests.Vectors;

public sealed class JsonFileReadingTests : JsonFileFixture
{
    [Fact]
    public async Task A_file_of_the_Python_code_is_read()
    {
        Write(PythonFile);
        var index = Open();

        var resource = Assert.Single(await ListAsync(index, Alice, VectorCollections.Resources));
        Assert.Equal("r1", resource.Id);
        Assert.True(resource.Vector.Span.SequenceEqual([0.1f, -2, 3e-05f]));
        Assert.Equal(("Gespräch 🦆", null), (resource.Text, resource.Model));
        Assert.Null(Assert.Single(await ListAsync(index, Alice)).Text);
        Assert.Null(Assert.Single(await ListAsync(index, Bob)).Text);
        Assert.Equal(PythonFile, Text);
    }

    [Fact]
    public async Task Reading_makes_nothing()
    {
        var index = new MemU.Vectors.JsonFileVectorIndex(Folder.At("not", "yet", "vectors.json"));

        Assert.Empty(await ListAsync(index, Alice));
        await index.EnsureUsableAsync(Alice, Token);
        Assert.False(await index.HasDataAsync(Token));
        Assert.Single(await index.CheckAsync(Token).ToListAsync(Token));
        await index.ResetAsync(Token);

        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder.Path));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" \n\t{ } \r\n")]
    [InlineData("""{"items": {}}""")]
    [InlineData("""{"notes": {"a": 1}, "version": 2, "x": null, "y": [[{}]], "z": "text", "categories": {}}""")]
    [InlineData("""{"items": {"i": {"user_id": "carol", "agent_id": "a", "vector": [1]}}}""")]
    public async Task Nothing_for_a_space_is_no_error(string json)
    {
        Write(json);

        Assert.Empty(await ListAsync(Open(), Alice));
        Assert.Equal(json, Text);
    }

    [Fact]
    public async Task An_empty_vector_among_others_is_skipped_and_keeps_no_question_from_these()
    {
        Write("""
            {"items": {"a": {"user_id": "alice", "agent_id": "default", "vector": []}, "b": {"user_id": "alice", "agent_id": "default", "vector": [1, 2]},
            "c": {"user_id": "alice", "agent_id": "default", "vector": []}}}
            """);

        var hits = await Open().QueryAsync(Alice, new MemU.Vectors.VectorQuery(VectorCollections.Items, new float[] { 1, 2 }, 9), Token);

        Assert.Equal("b", Assert.Single(hits.Hits).Value);
        Assert.Equal(2, hits.Skipped);
    }

    [Theory]
    [InlineData("[1, -2, 0.5, 1e2, 1E+2, 1.5e-3, -0.0, 3.4028235e38, 0.1000000000000000055511151231257827]", 9)]
    [InlineData("[1e-60]", 1)]
    [InlineData("[]", 0)]
    public async Task Every_way_to_write_a_number_is_understood(string vector, int count)
    {
        Write(OneItem(vector));

        Assert.Equal(count, Assert.Single(await ListAsync(Open(), Alice)).Vector.Length);
    }

    [Fact]
    public async Task Members_come_in_any_order_and_unknown_ones_are_passed_over()
    {
        Write("""
            {"items": {"\u0069 1": {"x": {"vector": [9], "deep": [[[{"user_id": "bob"}]]]}, "text": "t", "vector": [1, 2], "tenant_id": "acme", "y": null,
            "agent_id": "default", "model": "m", "us\u0065r_id": "alice", "z": 1.0}}}
            """);

        var record = Assert.Single(await ListAsync(Open(), new MemoryScope("alice", tenant: "acme")));
        Assert.Equal(("i 1", "t", "m"), (record.Id, record.Text, record.Model));
        Assert.True(record.Vector.Span.SequenceEqual([1, 2]));
        Assert.Empty(await ListAsync(Open(), Alice));
        Assert.Empty(await ListAsync(Open(), Bob));
    }

    [Fact]
    public async Task Entries_of_spaces_that_cannot_be_are_kept_and_not_shown()
    {
        var json = """{"items": {"a": {"user_id": "", "agent_id": "x", "vector": [1]}, "b": {"user_id": "\ud800", "agent_id": "\u0000", "vector": [1]}, "\udfff": {"user_id": "alice", "agent_id": "default", "vector": [1]}}}""";
        Write(json);
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token);
        await index.DisposeAsync();

        Assert.Equal(["new"], (await ListAsync(index, Alice)).Select(v => v.Id));
        Assert.Contains("""{"user_id": "", "agent_id": "x", "vector": [1]}""", Text);
        Assert.Contains("""{"user_id": "\ud800", "agent_id": "\u0000", "vector": [1]}""", Text);
        Assert.Contains("impossible-space", (await index.CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("   \n", 2, 1)]
    [InlineData("[]", 1, 1)]
    [InlineData("null", 1, 1)]
    [InlineData("\"text\"", 1, 1)]
    [InlineData("{\"items\": []}", 1, 11)]
    [InlineData("{\"items\": null}", 1, 11)]
    [InlineData("{\n  \"items\": {\n    \"i\": 5\n  }\n}", 3, 10)]
    [InlineData("{\"items\": {\"i\": {\"user_id\": 1}}}", 1, 29)]
    [InlineData("{\"items\": {\"i\": {\"agent_id\": null}}}", 1, 30)]
    [InlineData("{\"items\": {\"i\": {\"text\": 1}}}", 1, 26)]
    [InlineData("{\"items\": {\"i\": {\"tenant_id\": []}}}", 1, 31)]
    [InlineData("{\"items\": {\"i\": {\"vector\": null}}}", 1, 28)]
    [InlineData("{\"items\": {\"i\": {\"vector\": [1, \"2\"]}}}", 1, 32)]
    [InlineData("{\"items\": {\"i\": {\"vector\": [1, null]}}}", 1, 32)]
    [InlineData("{\"items\": {\"i\": {\"vector\": [[1]]}}}", 1, 29)]
    [InlineData("{\"items\": {\"i\": {\"vector\": [NaN]}}}", 1, 29)]
    [InlineData("{\"items\": {\"i\": {\"vector\": [Infinity]}}}", 1, 29)]
    [InlineData("{\"items\": {\"i\": {\"vector\": [1e39]}}}", 1, 29)]
    [InlineData("{\"items\": {\"i\": {}}}", 1, 18)]
    [InlineData("{\"items\": {\"i\": {\"user_id\": \"a\", \"vector\": [1]}}}", 1, 47)]
    [InlineData("{\"items\": {\"i\": {\"user_id\": \"a\", \"agent_id\": \"b\"}}}", 1, 49)]
    [InlineData("{\"items\": {}, \"items\": {}}", 1, 15)]
    [InlineData("{\"x\": 1, \"x\": 2}", 1, 10)]
    [InlineData("{} x", 1, 4)]
    [InlineData("{}{}", 1, 3)]
    [InlineData("{}\0", 1, 3)]
    [InlineData("{,}", 1, 2)]
    [InlineData("{\"items\": {},}", 1, 14)]
    [InlineData("{\"items\": {}\n", 2, 1)]
    [InlineData("// note\n{}", 1, 1)]
    [InlineData("\uFEFF{}", 1, 1)]
    [InlineData("\0\0\0\0", 1, 1)]
    public async Task Damage_is_named_with_its_place_and_a_remedy(string json, int line, int position)
    {
        WriteBytes(Encoding.UTF8.GetBytes(json));

        var error = await RefusedAsync();

        Assert.Contains($"line {line}, byte {position}: expected", error.Message);
        Assert.Contains("memu reindex", error.Message);
        Assert.Contains("damaged-vectors", (await Open().CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));
        Assert.True(await Open().HasDataAsync(Token));
    }

    [Fact]
    public async Task The_same_id_twice_is_damage()
    {
        const string entry = """ "i": {"user_id": "alice", "agent_id": "default", "vector": [1]} """;
        Write("{\"items\": {" + entry + "," + entry + "}}");

        Assert.Contains("another id", (await RefusedAsync()).Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80 })]
    public async Task Bytes_that_are_not_UTF_8_are_damage_wherever_they_stand(byte[] bytes)
    {
        foreach (var json in new[] { """{"items": {"?": {"user_id": "a", "agent_id": "b", "vector": []}}}""", """{"notes": {"x": ["?"]}}""", """{"?": 1}""" })
        {
            var parts = json.Split('?');
            WriteBytes([.. Encoding.UTF8.GetBytes(parts[0]), .. bytes, .. Encoding.UTF8.GetBytes(parts[1])]);

            Assert.Contains("line 1, byte ", (await RefusedAsync()).Message);
        }
    }

    [Fact]
    public async Task A_message_about_damage_holds_nothing_of_the_file()
    {
        Write("""{"items": {"secret-id": {"user_id": "secret-user", "text": "secret words", "vector": ["secret number"]}}}""");

        Assert.DoesNotContain("secret", (await RefusedAsync()).ToString());
    }

    [Fact]
    public async Task Damage_far_inside_a_big_file_is_found_at_its_line()
    {
        var entries = Enumerable.Range(0, 30_000).Select(i => $"    \"i{i}\": {{\"user_id\": \"alice\", \"agent_id\": \"default\", \"vector\": [{(i == 29_990 ? "oops" : "0.125")}], \"text\": \"ä漢🦆\"}}");
        Write($"{{\n  \"items\": {{\n{string.Join(",\n", entries)}\n  }}\n}}");

        Assert.Contains("line 29993, byte ", (await RefusedAsync()).Message);
    }

    [Theory]
    [InlineData(",", "\n")]
    [InlineData(", ", "\r\n")]
    [InlineData(" ,\t", "\t")]
    [InlineData(",\n        ", "\n    ")]
    [InlineData(",\r\n        ", "\r\n    ")]
    public async Task Entries_that_begin_and_end_anywhere_in_a_big_file_are_read_whole(string comma, string space)
    {
        // Longer than what is read at once, in all and some by themselves; with brackets, quotes and escapes where a hasty reader would stumble.
        var random = new Random(7);
        var expected = new Dictionary<string, (string Text, float[] Vector)>(StringComparer.Ordinal);
        var json = new StringBuilder("{\"items\":{");
        for (var i = 0; i < 3_000; i++)
        {
            var vector = Enumerable.Range(0, i switch { 500 => 150_000, 501 => 0, _ => random.Next(1, 300) }).Select(_ => random.Next(9) switch
            {
                0 => random.Next(-9, 9),
                1 => BitConverter.Int32BitsToSingle(random.Next(1, 1 << 23)),
                2 => random.NextSingle() * 1e30f,
                _ => (random.NextSingle() - 0.5f) * 0.1f,
            }).ToArray();
            var text = $"\\ \"vector\": [1, 2]] }} {{ [ é漢🦆 {i} {new string('ü', i == 900 ? 1_200_000 : random.Next(40))}";
            var written = i % 2 == 0 ? System.Text.Json.JsonSerializer.Serialize(text) : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
            expected.Add($"i{i:0000}", (text, vector));
            var numbers = string.Join(comma, vector.Select(v => i % 3 == 0 ? v.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : ((double)v).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            json.Append($"{(i == 0 ? "" : ",")}{space}\"i{i:0000}\":{space}{{\"text\": {written},{space}\"x\": {{\"vector\": [\"]\", [9]]}},\"user_id\":\"alice\",\"vector\":{space}[{space}{numbers}{space}]{space},\"agent_id\":\"default\"}}");
        }

        Write(json.Append("}}").ToString());

        var read = await ListAsync(Open(), Alice);

        Assert.Equal(expected.Keys, read.Select(r => r.Id));
        Assert.All(read, r =>
        {
            Assert.Equal(expected[r.Id].Text, r.Text);
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes(r.Vector.Span).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected[r.Id].Vector.AsSpan())), r.Id);
        });
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_an_error()
    {
        Directory.CreateDirectory(FilePath);

        Assert.Contains("is a folder", (await RefusedAsync()).Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(FilePath));
    }

    [Fact]
    public async Task A_text_longer_than_the_reading_buffer_is_read()
    {
        var text = new string('x', 3_000_000);
        Write(OneItem("[1]", $", \"text\": \"{text}\""));

        Assert.Equal(text, Assert.Single(await ListAsync(Open(), Alice)).Text);
    }

    [Fact]
    public async Task A_file_cut_anywhere_is_an_error_or_complete_and_never_a_part()
    {
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("a", 0.5f, 1e-7f), Vector("b\"é", 1)), Token);
        await index.ApplyAsync(Bob, Upsert(Vector("c", 2)), Token);
        await index.DisposeAsync();
        var whole = File.ReadAllBytes(FilePath);
        var complete = 0;

        for (var length = 0; length < whole.Length; length++)
        {
            File.Delete(FilePath);
            WriteBytes(whole.AsSpan(0, length));
            try
            {
                var read = Open();
                Assert.Equal((2, 1), ((await ListAsync(read, Alice)).Count, (await ListAsync(read, Bob)).Count));
                complete++;
            }
            catch (MemoryStoreException e)
            {
                Assert.Contains("damaged", e.Message);
            }
        }

        Assert.Equal(1, complete);
    }

    [Fact]
    public async Task A_file_that_becomes_damaged_is_noticed_by_an_index_that_knew_it()
    {
        Write(PythonFile);
        var index = Open();
        Assert.Single(await ListAsync(index, Alice));

        Write(PythonFile[..^3]);

        await Assert.ThrowsAsync<MemoryStoreException>(() => ListAsync(index, Alice));
        Write(PythonFile);
        Assert.Single(await ListAsync(index, Alice));
    }
}
