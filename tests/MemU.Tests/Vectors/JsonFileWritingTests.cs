using System.Diagnostics;
using System.Text.Json;
using MemU.Testing;
using MemU.Vectors;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Vectors;

public sealed class JsonFileWritingTests : JsonFileFixture
{
    [Fact]
    public async Task A_new_file_is_plain_JSON_with_the_members_the_Python_code_needs()
    {
        var index = new JsonFileVectorIndex(Folder.At("made", "on", "the way", "vectors.json"));
        await index.ApplyAsync(Alice, Upsert(Vector("é", 0.1f, -1e-7f) with { Text = "漢 \"🦆\"\n" }), Token);
        await index.ApplyAsync(new MemoryScope("alice", tenant: "acme"), Upsert(Vector("t", 1) with { Text = null, Model = null }), Token);
        await index.DisposeAsync();

        var text = File.ReadAllText(Folder.At("made", "on", "the way", "vectors.json"));

        Assert.All(text, c => Assert.InRange(c, '\n', '~'));
        var items = JsonDocument.Parse(text).RootElement.GetProperty("items");
        Assert.Equal("""["user_id","agent_id","vector","text","model"]""", JsonSerializer.Serialize(items.GetProperty("é").EnumerateObject().Select(p => p.Name)));
        Assert.Equal("""["user_id","agent_id","tenant_id","vector","text"]""", JsonSerializer.Serialize(items.GetProperty("t").EnumerateObject().Select(p => p.Name)));
        Assert.Equal("[0.1, -1E-07]", items.GetProperty("é").GetProperty("vector").GetRawText());
        Assert.Equal("漢 \"🦆\"\n", items.GetProperty("é").GetProperty("text").GetString());
        Assert.Equal("acme", items.GetProperty("t").GetProperty("tenant_id").GetString());
        Assert.Equal(JsonValueKind.Null, items.GetProperty("t").GetProperty("text").ValueKind);
    }

    [Fact]
    public async Task What_did_not_change_is_copied_byte_for_byte()
    {
        const string odd = """{ "agent_id":"default","user_id" : "bob" ,"vector":[ 1.50, 2e0,-0 ],"note":{"a":[1,2 ,3]}, "text":"\u00e9\/" }""";
        const string unknown = "\"notes\" :  [ {\"vector\": \"none\"} , 1.0e1, \"\\/\" ]";
        const string gone = """ "gone":{"user_id":"alice","agent_id":"default","vector":[1]} """;
        Write("{\"version\": 1.0, \"items\":{\"i\" :" + odd + " ," + gone + "}, " + unknown + "}");
        var index = Open();

        for (var i = 0; i < 3; i++)
        {
            await index.ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "gone")], Upserted = [Vector("new", i)] }, Token);
            await index.DisposeAsync();
        }

        Assert.Contains($"\"i\" :{odd}", Text);
        Assert.Contains(unknown, Text);
        Assert.Contains("\"version\": 1.0", Text);
        Assert.DoesNotContain("gone", Text);
        Assert.Equal("new", await IdsAsync(Alice));
        Assert.Equal("i", await IdsAsync(Bob));
    }

    [Fact]
    public async Task Unknown_members_of_an_entry_survive_its_update()
    {
        Write("""{"items": {"i": {"user_id": "alice", "note" : {"a": 1.0}, "agent_id": "default", "vector": [1], "tags":["x"]}}}""");
        await ApplyAsync(Alice, Upsert(Vector("i", 2)));
        await ApplyAsync(Alice, Upsert(Vector("i", 3)));
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("other", 1)), Token);
        await index.ApplyAsync(Alice, Upsert(Vector("i", 4)), Token);
        await index.DisposeAsync();

        Assert.Contains("\"note\" : {\"a\": 1.0}", Text);
        Assert.Contains("\"tags\":[\"x\"]", Text);
        Assert.True((await ListAsync(Open(), Alice))[0].Vector.Span.SequenceEqual([4]));
    }

    [Fact]
    public async Task Every_float_survives_the_file()
    {
        var random = new Random(11);
        var numbers = Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(float.IsFinite).ToArray();
        float[] edges = [0, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1.17549435e-38f, 16777216, 0.1f];
        await ApplyAsync(Alice, Upsert(Vector("i", [.. numbers, .. edges])));

        var read = Assert.Single(await ListAsync(Open(), Alice)).Vector.ToArray();

        Assert.Equal(numbers.Concat(edges).Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public async Task An_id_of_another_space_is_refused_and_nothing_is_written()
    {
        Write(PythonFile);

        foreach (var scope in new[] { Alice, new MemoryScope("bob", "other"), new MemoryScope("bob", tenant: "acme") })
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => Open().ApplyAsync(scope, Upsert(Vector("new", 1), Vector("i2", 9)), Token));
            Assert.DoesNotContain("bob", error.Message);
        }

        Assert.Equal(PythonFile, Text);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_does_not_touch_the_file()
    {
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("i", 1)), Token);
        await index.DisposeAsync();
        File.SetLastWriteTimeUtc(FilePath, DateTime.UnixEpoch);

        await ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "never was")], Upserted = [Vector("i", 1)] });
        await ApplyAsync(Alice, new VectorChanges());

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(FilePath));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        Write(PythonFile);
        var index = Open();
        Assert.Single(await ListAsync(index, Alice));
        Directory.CreateDirectory(FilePath + ".journal");

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token));

        Assert.Contains(FilePath, error.Message);
        Assert.Equal("write", error.Operation);
        Assert.Equal(PythonFile, Text);
        Directory.Delete(FilePath + ".journal");
        await ApplyAsync(Alice, Upsert(Vector("new", 1)));
        Assert.Equal("i1 new", await IdsAsync(Alice));
    }

    [Fact]
    public async Task A_close_that_cannot_write_the_file_leaves_everything_in_the_journal()
    {
        Write(PythonFile);
        Directory.CreateDirectory(FilePath + ".tmp");

        await ApplyAsync(Alice, Upsert(Vector("new", 1)));

        Assert.Equal(PythonFile, Text);
        Assert.Equal("i1 new", await IdsAsync(Alice));
        Directory.Delete(FilePath + ".tmp");
        await ApplyAsync(Bob, Upsert(Vector("newer", 1)));
        Assert.Contains("\"new\"", Text);
        Assert.Equal(["vectors.json", "vectors.json.lock"], Folder.Files);
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_file_and_nothing_else()
    {
        Write(PythonFile);
        using var source = new CancellationTokenSource();
        using var held = new FileStream(FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var writing = Open().ApplyAsync(Alice, Upsert(Vector("new", 1)), source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.Equal(PythonFile, Text);
        Assert.Equal(["vectors.json", "vectors.json.lock"], Folder.Files);
    }

    [Fact]
    public async Task Leftovers_of_a_dead_process_are_in_nobodys_way()
    {
        Write(PythonFile);
        File.WriteAllText(FilePath + ".tmp", "half of a fi");
        File.WriteAllText(FilePath + ".lock", "whatever");

        await ApplyAsync(Alice, Upsert(Vector("new", 1)));

        Assert.Equal("i1 new", await IdsAsync(Alice));
        Assert.Equal(["vectors.json", "vectors.json.lock"], Folder.Files);
    }

    [Fact]
    public async Task A_removed_lock_file_is_made_again()
    {
        var index = Open();
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        File.Delete(FilePath + ".lock");
        await index.ApplyAsync(Alice, Upsert(Vector("b", 1)), Token);

        Assert.Equal("a b", await IdsAsync(Alice));
    }

    [Fact]
    public async Task A_lock_that_is_never_released_ends_in_an_error_that_may_be_tried_again()
    {
        Write(PythonFile);
        using var held = new FileStream(FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var time = new FakeTimeProvider();
        var writing = new JsonFileVectorIndex(FilePath, time).ApplyAsync(Alice, Upsert(Vector("new", 1)), Token);
        var waited = 0;
        for (; !writing.IsCompleted; waited++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => writing);
        Assert.True(error.IsTransient);
        Assert.True(waited >= 30);
        Assert.Contains(FilePath, error.Message);
        Assert.Equal(PythonFile, Text);
    }

    [Fact]
    public async Task A_symbolic_link_stays_one_and_its_target_is_written()
    {
        Directory.CreateDirectory(Folder.At("elsewhere"));
        File.WriteAllText(Folder.At("elsewhere", "real.json"), PythonFile);
        File.CreateSymbolicLink(FilePath, Folder.At("elsewhere", "real.json"));

        await ApplyAsync(Alice, Upsert(Vector("new", 1)));

        Assert.NotNull(new FileInfo(FilePath).LinkTarget);
        Assert.Contains("\"new\"", File.ReadAllText(Folder.At("elsewhere", "real.json")));
        Assert.Equal("i1 new", await IdsAsync(Alice));
        Assert.Equal(["elsewhere/real.json", "elsewhere/real.json.lock", "vectors.json"], Folder.Files);
    }

    [Fact]
    public async Task A_link_to_a_file_that_is_not_there_yet_leads_to_it()
    {
        File.CreateSymbolicLink(FilePath, Folder.At("elsewhere", "real.json"));

        Assert.Empty(await ListAsync(Open(), Alice));
        await ApplyAsync(Alice, Upsert(Vector("new", 1)));
        Assert.True(File.Exists(Folder.At("elsewhere", "real.json")));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_permissions_of_the_file_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        Write(PythonFile);
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(FilePath, mode);

        await ApplyAsync(Alice, Upsert(Vector("new", 1)));

        Assert.Equal(mode, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public async Task Two_indexes_on_one_file_see_each_other_with_the_next_operation()
    {
        var (first, second) = (Open(), Open());
        for (var i = 0; i < 20; i++)
        {
            // The same length each time: only the time of writing differs.
            await first.ApplyAsync(Alice, Upsert(Vector("x", 10 + i)), Token);
            Assert.Equal(10 + i, (await ListAsync(second, Alice))[0].Vector.Span[0]);
            await second.ApplyAsync(Alice, Upsert(Vector("x", 50 + i)), Token);
            Assert.Equal(50 + i, (await ListAsync(first, Alice))[0].Vector.Span[0]);
        }
    }

    [Fact]
    public async Task Writers_of_many_indexes_on_one_file_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            var index = Open();
            for (var j = 0; j < 3; j++)
            {
                await index.ApplyAsync(i % 2 == 0 ? Alice : Bob, Upsert(Vector($"{i}-{j}", i, j)), Token);
            }
        })));

        Assert.Equal((30, 30), ((await ListAsync(Open(), Alice)).Count, (await ListAsync(Open(), Bob)).Count));
    }

    [Fact]
    public async Task The_lock_of_a_killed_process_is_free_again()
    {
        using var holder = Process.Start(new ProcessStartInfo(Needs.Python(), ["-c", "import fcntl,sys,time; f=open(sys.argv[1],'w'); fcntl.flock(f,fcntl.LOCK_EX); print('held',flush=True); time.sleep(600)", FilePath + ".lock"]) { RedirectStandardOutput = true })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(Token));

        var writing = Open().ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        Assert.False(writing.IsCompleted);
        Assert.False(File.Exists(FilePath));
        holder.Kill();
        await writing;

        Assert.Equal("a", await IdsAsync(Alice));
    }

    [Fact]
    public async Task Python_reads_our_file_and_we_read_what_Python_makes_of_it()
    {
        Write(PythonFile);
        await ApplyAsync(Alice, Upsert(Vector("ours \"é\"", 0.1f, 1e-30f, -3) with { Text = "漢\n🦆" }));
        const string script = """
            import json, sys
            path = sys.argv[1]
            with open(path) as f: data = json.load(f)
            for collection in data.values():
                for entry in collection.values(): entry["user_id"], entry["agent_id"], entry["vector"]
            data["items"]["theirs"] = {"user_id": "alice", "agent_id": "default", "vector": [1, 2.5], "text": "née"}
            with open(path, "w") as f: json.dump(data, f, indent=2)
            """;
        using var python = Process.Start(Needs.Python(), ["-c", script, FilePath]);
        await python.WaitForExitAsync(Token);

        Assert.Equal(0, python.ExitCode);
        var items = await ListAsync(Open(), Alice);
        Assert.Equal(["i1", "ours \"é\"", "theirs"], items.Select(v => v.Id));
        Assert.True(items[1].Vector.Span.SequenceEqual([0.1f, 1e-30f, -3]));
        Assert.Equal("漢\n🦆", items[1].Text);
    }
}
