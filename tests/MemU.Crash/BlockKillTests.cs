namespace MemU.Crash;

/// <summary>Blocks of embedded texts become rows when one of their records is written or removed: whoever does that is killed, or is not alone.</summary>
public sealed class BlockKillTests
{
    /// <summary>How many are killed of each deed when nobody asks for more.</summary>
    private const int Usual = 1;

    /// <summary>One of so many dies in the middle of a write.</summary>
    private const int TearsOneOf = 3;

    private const int Rounds = 20;
    private const int DiesAfter = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string NoteId = NotesFile.IdOf('a', 7);

    /// <summary>What is done, by which kind of host, and the command that a folder left half-way asks for; empty when it is never left so.</summary>
    public static TheoryData<string, string, string, string> Deeds => new()
    {
        { "edit", Places.Paid, NoteId, "" },
        { "remove", Places.Paid, NoteId, "" },
        { "forget", Places.Paid, NotesFile.ResourceId, "" },
        { "import", Places.Paid, "", "memu import" },
        { "reindex anew", Places.Paid, "", "memu reindex" },
        { "reindex", Places.PaidAnother, "", "memu reindex" },
        { "erase", Places.Paid, "", "memu delete --space" },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task What_unpacks_a_block_and_is_killed_loses_nothing_and_leaves_nothing(string deed, string kind, string about, string wayOn)
    {
        IReadOnlyList<FileCall> calls;
        State before, after;
        using (var scene = await BlockScene.OpenAsync())
        {
            before = await scene.StateAsync("before");
            var whole = await RunAsync(scene, deed, kind, about, new Fault("count"));
            Assert.True(whole.ExitCode == 0, whole.ToString());
            (calls, after) = (whole.Calls, await scene.StateAsync($"{deed}, whole"));
        }

        var random = CrashSeed.RandomFor($"blocks {deed}");
        for (var i = 0; i < Usual * CrashSeed.Scale; i++)
        {
            var strike = random.Next(TearsOneOf) == 0 ? "tear" : "kill";
            var fault = new Fault(strike, FileCall.Points(calls, strike, 1, random)[0]);
            using var scene = await BlockScene.OpenAsync();
            var run = await RunAsync(scene, deed, kind, about, fault);
            var what = $"{deed}, {fault}, seed {CrashSeed.Seed}: {run}";
            Assert.True(run.ExitCode == Command.Killed || (run.ExitCode == 0 && run.Struck is null), what);
            var state = await scene.StateAsync(what);
            var saysHow = wayOn.Length > 0 && state.Complaints.Any(c => c.Remedy.Contains(wayOn, StringComparison.Ordinal));
            var isNew = state.Says(after);
            Assert.True(
                isNew || state.Says(before) || saysHow,
                $"{what}\nThe folder is neither old nor new. Against the new:\n{state.DifferenceTo(after)}\nAgainst the old:\n{state.DifferenceTo(before)}\n{state}");
            Assert.True(saysHow || !state.Codes.Except(isNew ? after.Codes : before.Codes).Any(), $"{what}\nThe check complains:\n{state}");

            await using (var host = MemUHost.Create(m => Places.Choose(m, scene.Data, kind)))
            {
                await SingleDeed.DoAsync(host, BlockScene.User, deed, About(scene, deed, about));
            }

            var end = await scene.StateAsync($"{what}\nDone again");
            Assert.True(end.Says(after), $"{what}\nDone again it is not what it should be:\n{end.DifferenceTo(after)}");
            Assert.True(end.Codes.SequenceEqual(after.Codes), $"{what}\nDone again the check complains:\n{end}");
        }
    }

    [Fact]
    public async Task Processes_that_unpack_the_same_blocks_at_once_lose_nothing()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var scene = await BlockScene.OpenAsync();
        var canary = await CanaryAsync(scene);
        var random = CrashSeed.RandomFor("blocks at once");
        using var one = Start(scene, 'a', random.Next());
        using var other = Start(scene, 'b', random.Next());
        await using (var house = scene.Open())
        {
            var work = Task.WhenAll(
                FollowAsync(one, null, limit.Token), FollowAsync(other, DiesAfter, limit.Token), RunAsync(scene, "import", Places.Paid, "", fault: null));
            while (!work.IsCompleted)
            {
                await house.Space(BlockScene.User).ReindexAsync(new() { Anew = true }, cancellationToken: limit.Token);
            }

            await work;
        }

        await using (var house = scene.Open())
        {
            Assert.Empty(await house.ComplaintsAsync());
            await one.Ledger.CheckAsync(house.Space(BlockScene.User), "the one");
            await other.Ledger.CheckAsync(house.Space(BlockScene.User), "the other");
            await BlockScene.CheckKnownAsync(house, BlockScene.User, "at once");
            var said = await BlockScene.SaidAsync(house, BlockScene.User);
            Assert.Equal(BlockScene.Notes, said.Count(s => s.Text.Contains("zqnotec", StringComparison.Ordinal)));
            await house.UseAsync();
        }

        Assert.Equal(canary, await CanaryAsync(scene));
    }

    private static Task<Command> RunAsync(BlockScene scene, string deed, string kind, string about, Fault? fault) => Command.RunAsync(
        scene.Root, [scene.Data, kind, BlockScene.User, deed, About(scene, deed, about)], fault, "MemU.Crash.Child");

    private static string About(BlockScene scene, string deed, string about) => deed == "import" ? scene.More : about;

    /// <summary>A writer to whom the imported notes of its name belong.</summary>
    private static WriterProcess Start(BlockScene scene, char name, int seed)
    {
        var writer = WriterProcess.Start(scene.Data, Places.Paid, BlockScene.User, $"{name}", seed, Rounds);
        foreach (var number in Enumerable.Range(0, BlockScene.Notes))
        {
            writer.Ledger.Take($"done\tnote\t{NotesFile.TextOf(name, number)}\t{NotesFile.IdOf(name, number)}");
        }

        return writer;
    }

    private static async Task FollowAsync(WriterProcess writer, int? diesAfter, CancellationToken cancellationToken)
    {
        while (await writer.NextAsync(cancellationToken) is not null)
        {
            if (writer.Ledger.Done - BlockScene.Notes == diesAfter)
            {
                await writer.KillAsync(cancellationToken);
                return;
            }
        }

        Assert.Equal("", await writer.EndAsync(cancellationToken));
        Assert.True(writer.Ledger.Ended);
    }

    private static async Task<IReadOnlyList<string>> CanaryAsync(BlockScene scene) =>
        [.. (await scene.StateAsync("canary")).Lines.Where(l => l.StartsWith(BlockScene.Canary, StringComparison.Ordinal))];
}
