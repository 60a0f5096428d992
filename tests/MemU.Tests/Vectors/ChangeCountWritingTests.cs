using MemU.Files;
using MemU.Vectors;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Vectors;

/// <summary>A writer looks at the files himself, whoever has looked a moment before.</summary>
public sealed class ChangeCountWritingTests : JsonFileFixture
{
    private readonly FakeTimeProvider clock = new();

    public ChangeCountWritingTests() => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Elsewhere the files are looked at each time.");

    [Fact]
    public async Task A_write_does_not_rest_on_the_look_of_a_question_that_came_while_it_was_prepared()
    {
        await ApplyAsync(Alice, Upsert(Vector("a", 1)));
        await using var index = Opened();
        await ListAsync(index, Alice);

        // A program that does not count gives the id to somebody else, after a question has found the files as they were.
        await Assert.ThrowsAsync<ArgumentException>(() => index.ApplyInTurnAsync(
            Alice,
            async _ =>
            {
                Assert.Single(await ListAsync(index, Alice));
                Assert.Single(await ListAsync(index, Alice));
                Write("""{"items": {"i": {"user_id": "bob", "agent_id": "default", "vector": [1]}}}""");
                return Upsert(Vector("i", 1));
            },
            Token));

        Assert.Equal("i", await IdsAsync(Bob));
        Assert.Equal("", await IdsAsync(Alice));
    }

    [Fact]
    public async Task After_a_reset_each_write_is_seen_by_the_next_question_though_the_count_is_in_another_file()
    {
        await using var reader = Opened();
        await using var writer = Open();
        for (var round = 0; round < 3; round++)
        {
            await writer.ResetAsync(Token);
            for (var i = 0; i < 3; i++)
            {
                await writer.ApplyAsync(Alice, Upsert(Vector($"{i}", 1)), Token);

                // The second question looks, and the third need not.
                for (var question = 0; question < 3; question++)
                {
                    Assert.Equal(i + 1, (await ListAsync(reader, Alice)).Count);
                }
            }
        }
    }

    [Fact]
    public async Task What_is_written_while_somebody_looks_is_seen_by_his_next_question()
    {
        await using var writer = Open();
        await writer.ApplyAsync(Alice, Upsert(Vector("a", 1)), Token);
        var isArmed = false;
        await using var reader = new JsonFileVectorIndex(FilePath, options: new JsonFileOptions
        {
            Clock = clock,
            Look = path =>
            {
                if (isArmed && path == FilePath)
                {
                    // The journal was looked at already.
                    isArmed = false;
                    Task.Run(() => writer.ApplyAsync(Alice, Upsert(Vector("b", 1)), Token), Token).GetAwaiter().GetResult();
                }

                return FileIdentity.At(path);
            },
        });
        Assert.Single(await ListAsync(reader, Alice));
        isArmed = true;
        await ListAsync(reader, Alice);
        Assert.False(isArmed);

        Assert.Equal(2, (await ListAsync(reader, Alice)).Count);
    }

    [Fact]
    public async Task A_look_is_as_old_as_its_beginning()
    {
        await ApplyAsync(Alice, Upsert(Vector("a", 1)));
        var looks = 0;
        await using var reader = new JsonFileVectorIndex(FilePath, options: new JsonFileOptions
        {
            Clock = clock,
            Look = path =>
            {
                looks++;
                clock.Advance(RecentLook.Lasting / 2);
                return FileIdentity.At(path);
            },
        });
        for (var i = 1; i <= 3; i++)
        {
            looks = 0;
            Assert.Single(await ListAsync(reader, Alice));
        }

        Assert.Equal(2, looks);
    }

    private JsonFileVectorIndex Opened() => new(FilePath, options: new JsonFileOptions { Clock = clock });
}
