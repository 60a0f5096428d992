namespace MemU.Crash;

/// <summary>
/// A writer that goes on for ever is killed: after so many acknowledgements and a moment by the clock, or at one of its calls. The next one goes on in the same folder.
/// </summary>
public abstract class WriterKillSuite(string vectors)
{
    private const int MostAcknowledged = 6;
    private const int MostMilliseconds = 40;

    // So many that some come to where debts are struck off many at once.
    private const int CallsOfAWriter = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Everything_that_a_killed_writer_acknowledged_is_there()
    {
        var random = CrashSeed.RandomFor($"writer {vectors}");
        var kills = (int)Math.Ceiling(CrashSeed.Kills * (1 - KillSuite.Part) / 2);
        var acknowledged = 0;
        using var scene = Scene.Of(await Template.Of(vectors));
        var canary = await CanaryAsync(scene);
        for (var i = 0; i < kills; i++)
        {
            // Every one has a space of its own, so that what others left does not hide what is missing.
            var (user, seed) = ($"writer {i}", random.Next());
            var what = $"{vectors}, writer {i}, seed {CrashSeed.Seed}";
            using var limit = new CancellationTokenSource(Patience);
            var fault = OperatingSystem.IsLinux() && i % 2 == 0 ? new Fault("kill", 1 + random.Next(CallsOfAWriter)) : null;
            using var writer = WriterProcess.Start(scene.Data, vectors, user, $"w{i}", seed, rounds: -1, fault);
            if (fault is null)
            {
                await DieAsync(writer, random, limit.Token);
            }
            else
            {
                await writer.EndAsync(limit.Token);
            }

            acknowledged += writer.Ledger.Done;
            Aftermath.CheckSecrecy(scene, what);
            await using var house = scene.Open();
            var complaints = i % 5 == 0 || i == kills - 1 ? await house.ComplaintsAsync() : [];
            Assert.True(complaints.Count == 0, $"{what}, {fault}: {string.Join('\n', complaints)}");
            await writer.Ledger.CheckAsync(house.Space(user), $"{what}, {fault}");
            await house.Space(user).RetrieveAsync("What was noted?");
            Assert.True((await house.Space(user).GetStatisticsAsync()).OwedVectors == 0, $"{what}, {fault}: something is still owed after a use.");
        }

        Assert.True(acknowledged > kills, $"The writers were killed before they did anything: {acknowledged} acknowledgements.");
        Assert.Equal(canary, await CanaryAsync(scene));
        Assert.Empty(scene.Litter);
    }

    private static async Task DieAsync(WriterProcess writer, Random random, CancellationToken cancellationToken)
    {
        var wanted = random.Next(MostAcknowledged);
        while (writer.Ledger.Done < wanted && await writer.NextAsync(cancellationToken) is not null)
        {
        }

        // The moment is what the test is about; nothing is waited for.
        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * MostMilliseconds), TimeProvider.System, cancellationToken);
        await writer.KillAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> CanaryAsync(Scene scene)
    {
        await using var house = scene.Open();
        return [.. (await house.DumpAsync()).Where(l => l.StartsWith("canary:", StringComparison.Ordinal))];
    }
}
