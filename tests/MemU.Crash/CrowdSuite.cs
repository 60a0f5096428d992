namespace MemU.Crash;

/// <summary>Eight processes write into one folder, some of them into one space; this one reads; others take backups; two are killed on the way.</summary>
public abstract class CrowdSuite(string vectors)
{
    private const int Rounds = 12;
    private const int Backups = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // Most share a space; the others have names that paths, patterns and SQL could stumble over.
    private static readonly string[] Users = ["crowd", "crowd", "crowd", "crowd", "../../crowd", "crowd'; DROP TABLE resources; --", "*?[crowd]\\", "Ünï\u200bcrowd\u202e"];

    [Fact]
    public async Task Eight_processes_write_while_others_read_back_up_and_die()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var scene = Scene.Of(await Template.Of(vectors));
        await using var house = scene.Open();
        var canary = await CanaryAsync(house);
        var random = CrashSeed.RandomFor($"crowd {vectors}");
        List<WriterProcess> writers = [];
        try
        {
            for (var i = 0; i < Users.Length; i++)
            {
                writers.Add(WriterProcess.Start(scene.Data, vectors, Users[i], $"{(char)('a' + i)}", random.Next(), Rounds));
            }

            var work = writers.Select((w, i) => FollowAsync(w, house, Users[i], DiesAfter(i), limit.Token)).ToList();
            var backups = BackUpAsync(scene);
            await Task.WhenAll(work);
            foreach (var backup in await backups)
            {
                await CheckBackupAsync(scene, backup);
            }

            for (var i = 0; i < writers.Count; i++)
            {
                await writers[i].Ledger.CheckAsync(house.Space(Users[i]), $"writer {i} of '{Users[i]}', {vectors}");
            }
        }
        finally
        {
            writers.ForEach(w => w.Dispose());
        }

        await house.UseAsync();
        Assert.Empty(await house.ComplaintsAsync());
        Assert.Equal(canary, await CanaryAsync(house));
    }

    /// <summary>One of those who share a space is killed, and one who has a space of its own.</summary>
    private static int? DiesAfter(int writer) => writer is 0 or 7 ? Rounds / 2 : null;

    /// <summary>Reads what a writer says, and looks at once whether the others can see it.</summary>
    private static async Task FollowAsync(WriterProcess writer, House house, string user, int? diesAfter, CancellationToken cancellationToken)
    {
        while (await writer.NextAsync(cancellationToken) is { } line)
        {
            if (line.Split('\t') is ["done", "tell", var story, _, var id])
            {
                var hasRow = await house.Space(user).GetResourceAsync(id, cancellationToken) is not null;
                var hasVector = (await house.Index.GetAsync(new MemoryScope(user), VectorCollections.Resources, [id], cancellationToken)).Count == 1;
                var owed = hasVector ? 0 : (await house.Space(user).GetStatisticsAsync(cancellationToken)).OwedVectors;
                Assert.True(
                    (hasRow && hasVector) || await WillForgetAsync(writer, story, cancellationToken),
                    $"{story} of '{user}' was committed, and this process does not see it: row {hasRow}, vector {hasVector}, {owed} owed.");
            }

            if (writer.Ledger.Done == diesAfter)
            {
                await writer.KillAsync(cancellationToken);
                return;
            }
        }

        Assert.Equal("", await writer.EndAsync(cancellationToken));
        Assert.Equal(0, writer.ExitCode);
        Assert.True(writer.Ledger.Ended);
    }

    /// <summary>The writer goes on while this process looks: it may have forgotten the story by now.</summary>
    private static async Task<bool> WillForgetAsync(WriterProcess writer, string story, CancellationToken cancellationToken)
    {
        while (await writer.NextAsync(cancellationToken) is { } line)
        {
            if (line == $"begin\tforget\t{story}")
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<IReadOnlyList<string>> BackUpAsync(Scene scene)
    {
        for (var i = 0; i < Backups; i++)
        {
            var run = await Command.RunAsync(scene.Root, ["backup", "--to", scene.Backups, .. scene.Options], fault: null);
            Assert.True(run.ExitCode == 0, run.ToString());
        }

        return Directory.GetDirectories(scene.Backups, "memu-*");
    }

    private static async Task CheckBackupAsync(Scene scene, string backup)
    {
        using var elsewhere = Scene.Of(scene.Template);
        var run = await Command.CallAsync(["restore", backup, "--yes", .. elsewhere.Options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        var state = await State.OfAsync(elsewhere);
        Assert.True(state.Complaints.Count == 0, $"{backup}:\n{state}");
    }

    private static async Task<IReadOnlyList<string>> CanaryAsync(House house) =>
        [.. (await house.DumpAsync()).Where(l => l.StartsWith("canary:", StringComparison.Ordinal))];
}
