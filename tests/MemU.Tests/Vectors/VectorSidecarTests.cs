using System.Globalization;
using System.Text;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

/// <summary>The index file: it may be missing, old or damaged, and nobody notices.</summary>
public sealed class VectorSidecarTests : JsonFileFixture
{
    private const int Count = 60;

    private string IndexPath => FilePath + ".index";

    [Fact]
    public async Task It_is_made_by_the_first_reader_and_used_by_the_next()
    {
        WriteMany();
        var first = await ContentAsync(OpenIndexed());
        var made = File.GetLastWriteTimeUtc(IndexPath);

        Assert.Equal(Count, first.Count(c => c == '='));
        Assert.Equal(first, await ContentAsync(OpenIndexed()));
        Assert.Equal(made, File.GetLastWriteTimeUtc(IndexPath));
        Assert.Equal(["vectors.json", "vectors.json.index"], Folder.Files);
    }

    [Fact]
    public async Task It_may_be_removed_at_any_time()
    {
        WriteMany();
        var index = OpenIndexed();
        var content = await ContentAsync(index);
        File.Delete(IndexPath);

        Assert.Equal(content, await ContentAsync(index));
        Assert.Equal(content, await ContentAsync(OpenIndexed()));
    }

    [Fact]
    public async Task Damaged_anywhere_it_is_made_anew_and_every_answer_stays_right()
    {
        WriteMany();
        var content = await ContentAsync(OpenIndexed());
        var sound = File.ReadAllBytes(IndexPath);
        for (var at = 0; at < sound.Length; at += 211)
        {
            var damaged = sound.ToArray();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(IndexPath, damaged);

            Assert.Equal(content, await ContentAsync(OpenIndexed()));
        }

        for (var length = 0; length < sound.Length; length += 1013)
        {
            File.WriteAllBytes(IndexPath, sound.AsSpan(0, length).ToArray());

            Assert.Equal(content, await ContentAsync(OpenIndexed()));
        }
    }

    [Fact]
    public async Task Damage_while_it_is_open_is_noticed_too()
    {
        WriteMany();
        var content = await ContentAsync(OpenIndexed());
        var sound = File.ReadAllBytes(IndexPath);
        var index = OpenIndexed();
        (await index.GetAsync(Alice, VectorCollections.Items, ["none"], Token)).ToList();
        using (var file = new FileStream(IndexPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            for (var at = 8; at < sound.Length; at += 64)
            {
                file.Position = at;
                file.WriteByte((byte)(sound[at] ^ 1));
            }
        }

        Assert.Equal(content, await ContentAsync(index));
        await index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token);
        await index.DisposeAsync();
        Assert.Equal(Count + 1, (await ContentAsync(OpenIndexed())).Count(c => c == '='));
    }

    [Fact]
    public async Task Cut_off_while_it_is_open_it_is_made_anew()
    {
        WriteMany();
        var content = await ContentAsync(OpenIndexed());
        var index = OpenIndexed();
        (await index.GetAsync(Alice, VectorCollections.Items, ["none"], Token)).ToList();
        using (var file = new FileStream(IndexPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Equal(content, await ContentAsync(index));
    }

    [Fact]
    public async Task One_that_cannot_be_written_keeps_nobody_from_reading()
    {
        WriteMany();
        Directory.CreateDirectory(IndexPath);

        Assert.Equal(Count, (await ContentAsync(OpenIndexed())).Count(c => c == '='));
        Assert.Equal(["vectors.json"], Folder.Files);
    }

    [Fact]
    public async Task A_file_that_another_program_rewrote_gets_a_new_one()
    {
        WriteMany();
        var index = OpenIndexed();
        await ContentAsync(index);
        WriteMany(shift: 1);

        var content = await ContentAsync(OpenIndexed());
        Assert.Equal(content, await ContentAsync(index));
        File.Delete(IndexPath);
        Assert.Equal(content, await ContentAsync(OpenIndexed()));
    }

    [Fact]
    public async Task After_a_fold_it_says_what_a_new_one_would()
    {
        WriteMany();
        var index = OpenIndexed();
        await index.ApplyAsync(
            Alice,
            new VectorChanges
            {
                Removed = [.. Enumerable.Range(0, 30).Where(i => i % 4 != 1).Select(i => (VectorCollections.Items, $"id {2 * i:000}"))],
                Upserted = [Vector("id 002", 5, 6), Vector("zz", 1), Vector("id 002 a", 2, 3, 4), Vector("p", 1) with { Collection = VectorCollections.Passages }],
            },
            Token);
        await index.ApplyAsync(new MemoryScope("new"), Upsert(Vector("n", 1, 2)), Token);
        await index.ApplyAsync(Bob, new VectorChanges { Removed = [.. Enumerable.Range(0, 30).Select(i => (VectorCollections.Items, $"id {(2 * i) + 1:000}"))] }, Token);
        var content = await ContentAsync(index);
        await index.DisposeAsync();
        var folded = await ContentAsync(OpenIndexed());
        Assert.Equal(content, folded);
        Assert.Equal([Alice, new MemoryScope("new")], (await OpenIndexed().ListSpacesAsync(Token)).OrderBy(s => s.User));

        var byFold = File.ReadAllBytes(IndexPath);
        File.Delete(IndexPath);
        Assert.Equal(content, await ContentAsync(OpenIndexed()));
        Assert.Equal(byFold.Length, new FileInfo(IndexPath).Length);
        System.Text.Json.JsonDocument.Parse(Text);
    }

    [Fact]
    public async Task What_a_dead_maker_left_is_removed_by_the_next()
    {
        WriteMany();
        File.WriteAllText(IndexPath + ".abc.tmp", "half of an index");
        Assert.Contains("leftover-temporary", (await new JsonFileVectorIndex(FilePath).CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));

        await ContentAsync(OpenIndexed());

        Assert.Equal(["vectors.json", "vectors.json.index"], Folder.Files);
    }

    private JsonFileVectorIndex OpenIndexed() => new(FilePath, options: new JsonFileOptions { LeastIndexed = 0 });

    private static async Task<string> ContentAsync(JsonFileVectorIndex index)
    {
        var content = new StringBuilder();
        foreach (var scope in new[] { Alice, Bob, new MemoryScope("new") })
        {
            foreach (var record in await ListAsync(index, scope))
            {
                var found = Assert.Single(await index.GetAsync(scope, record.Collection, [record.Id], Token));
                Assert.Equal(record.Vector.ToArray(), found.Vector.ToArray());
                content.Append(CultureInfo.InvariantCulture, $"{record.Id}={string.Join(',', record.Vector.ToArray())}:{record.Text}:{record.Model};");
            }

            var hits = await index.QueryAsync(scope, new VectorQuery(VectorCollections.Items, new float[] { 1, 2 }, 100), Token);
            content.Append(CultureInfo.InvariantCulture, $"[{hits.Skipped}: {string.Join(' ', hits.Hits.Select(h => $"{h.Value} {h.Score:0.0000}"))}]");
        }

        return content.ToString();
    }

    /// <summary>Two users whose entries alternate.</summary>
    private void WriteMany(int shift = 0) => Write(
        "{ \"items\" : {" + string.Join(
            " ,\n",
            Enumerable.Range(0, Count).Reverse().Select(i =>
                $"\"id {i:000}\" : {{\"user_id\": \"{(i % 2 == 0 ? "alice" : "bob")}\", \"agent_id\": \"default\", \"text\": \"t\\u00e9xt {i}\", \"x\": [{i}], \"vector\": [{i + shift}, {i % 7}.5]}}"))
        + " } , \"other\": 1 }");
}
