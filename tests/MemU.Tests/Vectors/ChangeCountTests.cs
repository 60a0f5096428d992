using MemU.Files;
using MemU.Vectors;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Vectors;

/// <summary>When files are looked at for a question: when who shares them has counted a change, and every two milliseconds.</summary>
public sealed class ChangeCountTests : JsonFileFixture
{
    private readonly FakeTimeProvider clock = new();
    private int looks;

    public ChangeCountTests() => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Elsewhere the files are looked at each time.");

    [Fact]
    public async Task Questions_in_which_nothing_has_changed_look_at_no_file()
    {
        await using var index = Watched();
        await index.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        await NearestAsync(index);
        looks = 0;

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("a", await NearestAsync(index));
        }

        Assert.Equal(0, looks);
        clock.Advance(RecentLook.Lasting);
        Assert.Equal("a", await NearestAsync(index));
        Assert.Equal(2, looks);
    }

    [Fact]
    public async Task Each_write_of_another_is_seen_by_the_next_question_however_quickly_it_follows()
    {
        await using var reader = Watched();
        await using var writer = Open();
        for (var i = 0; i < 300; i++)
        {
            await writer.ApplyAsync(Alice, Upsert(Vector($"{i:000}", 1)), Token);
            Assert.Equal(i + 1, (await ListAsync(reader, Alice)).Count);
            Assert.Equal(i + 1, (await reader.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new[] { 1f }, 1_000), Token)).Hits.Count);
        }
    }

    [Theory]
    [InlineData("fold")]
    [InlineData("erase")]
    [InlineData("reset")]
    [InlineData("restore")]
    [InlineData("reset and write")]
    public async Task What_another_does_with_the_whole_file_is_seen_by_the_next_question(string deed)
    {
        await using var reader = Watched();
        var other = Open();
        await other.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        await other.ApplyAsync(Bob, Upsert(Vector("canary", 1)), Token);
        var backup = Directory.CreateDirectory(Folder.At("backup")).FullName;
        await other.BackUpAsync(backup, null, Token);
        await other.ApplyAsync(Alice, Upsert(Vector("b", 1)), Token);
        Assert.Equal("a b", await NearestAsync(reader));
        switch (deed)
        {
            case "fold":
                await other.DisposeAsync();
                break;
            case "erase":
                await other.EraseAsync(Alice, Token);
                break;
            case "restore":
                await other.RestoreAsync(backup, null, Token);
                break;
            default:
                await other.ResetAsync(Token);
                break;
        }

        if (deed == "reset and write")
        {
            await other.ApplyAsync(Alice, Upsert(Vector("c", 1)), Token);
        }

        Assert.Equal(deed switch { "fold" => "a b", "restore" => "a", "reset and write" => "c", _ => "" }, await NearestAsync(reader));

        // Whoever counts from now on is found too.
        await other.ApplyAsync(Alice, Upsert(Vector("d", 1)), Token);
        Assert.EndsWith("d", await NearestAsync(reader), StringComparison.Ordinal);
        await other.ApplyAsync(Alice, Upsert(Vector("e", 1)), Token);
        Assert.EndsWith("d e", await NearestAsync(reader), StringComparison.Ordinal);
        await other.DisposeAsync();
    }

    [Fact]
    public async Task What_a_program_writes_that_does_not_count_is_seen_after_two_milliseconds()
    {
        await ApplyAsync(Alice, Upsert(Vector("a", 1)));
        await using var index = Watched();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("a", await NearestAsync(index));
        }

        Write(OneItem("[1]"));
        clock.Advance(RecentLook.Lasting - TimeSpan.FromTicks(1));
        Assert.Equal("a", await NearestAsync(index));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("i", await NearestAsync(index));
    }

    [Fact]
    public async Task What_a_program_wrote_an_instant_ago_that_does_not_count_is_not_overwritten()
    {
        await ApplyAsync(Alice, Upsert(Vector("a", 1)));
        var index = Watched();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("a", await NearestAsync(index));
        }

        Write(OneItem("[1]"));
        await index.ApplyAsync(Alice, Upsert(Vector("b", 1)), Token);
        await index.DisposeAsync();

        Assert.Equal("b i", await IdsAsync(Alice));
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("removed and made anew")]
    [InlineData("emptied before anybody counts")]
    public async Task Without_the_count_files_are_looked_at(string what)
    {
        await using (var writer = Open())
        {
            await writer.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
            await writer.DisposeAsync();
        }

        if (what == "emptied before anybody counts")
        {
            await File.WriteAllBytesAsync(FilePath + ".lock", [], Token);
        }

        await using var reader = Watched();
        Assert.Equal("a", await NearestAsync(reader));
        if (what != "emptied before anybody counts")
        {
            File.Delete(FilePath + ".lock");
            clock.Advance(RecentLook.Lasting);
        }

        if (what == "removed and made anew")
        {
            await ApplyAsync(Alice, Upsert(Vector("b", 1)));
            Assert.Equal("a b", await NearestAsync(reader));
            clock.Advance(RecentLook.Lasting);
        }

        await ApplyAsync(Alice, Upsert(Vector("c", 1)));
        Assert.EndsWith(" c", await NearestAsync(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neighbours_write_is_counted_and_shows_nothing_of_him()
    {
        await using var reader = Watched();
        await using var writer = Open();
        await writer.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        Assert.Equal("a", await NearestAsync(reader));

        await writer.ApplyAsync(Bob, Upsert(Vector("CANARY", 1)), Token);

        Assert.Equal("a", await NearestAsync(reader));
        Assert.Equal("a", await NearestAsync(reader));
    }

    /// <summary>An index that tells how often it looks at files, by a clock that stands still.</summary>
    private JsonFileVectorIndex Watched() => new(FilePath, options: new JsonFileOptions
    {
        Clock = clock,
        Look = path =>
        {
            looks++;
            return FileIdentity.At(path);
        },
    });

    private static async Task<string> NearestAsync(JsonFileVectorIndex index) =>
        string.Join(' ', (await index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new[] { 1f }, 100), Token)).Hits.Select(h => h.Value).Order(StringComparer.Ordinal));
}
