namespace MemU.Crash;

/// <summary>A rotation of the master key is killed at one of its calls that change files, also half-way through a write.</summary>
public sealed class RotationKillTests
{
    /// <summary>How many are killed when nobody asks for more.</summary>
    private const int Usual = 12;

    [Fact]
    public async Task A_killed_rotation_leaves_a_key_that_opens_everything_and_can_be_finished()
    {
        var template = await Template.Of(Places.Encrypted);
        IReadOnlyList<FileCall> calls;
        State before;
        using (var scene = Scene.Of(template))
        {
            before = await State.OfAsync(scene);
            var whole = await Command.RunAsync(scene.Root, Rotate(scene), new Fault("count"));
            Assert.True(whole.ExitCode == 0, whole.ToString());
            calls = whole.Calls;
            Assert.True(await OpensAsync(scene, Places.NextKey, before, "whole"));
            Assert.False(await OpensAsync(scene, Places.Key, before, "whole"));
        }

        // A rotation of two spaces is short: every call is struck before one is struck twice.
        var random = CrashSeed.RandomFor("rotation");
        var points = Faults(calls).ToArray();
        random.Shuffle(points);
        var kills = (int)Math.Ceiling(Usual * CrashSeed.Scale);
        for (var i = 0; i < kills; i++)
        {
            await KillAsync(template, before, points[i % points.Length]);
        }
    }

    private static IEnumerable<Fault> Faults(IReadOnlyList<FileCall> calls) =>
        from kind in new[] { "kill", "tear" }
        from at in Enumerable.Range(1, calls.Count(c => c.Kinds.Contains(kind)))
        select new Fault(kind, at);

    private static async Task KillAsync(Template template, State before, Fault fault)
    {
        using var scene = Scene.Of(template);
        var run = await Command.RunAsync(scene.Root, Rotate(scene), fault);
        var what = $"{fault}, seed {CrashSeed.Seed}: {run}";
        Assert.True(run.ExitCode == Command.Killed || (run.ExitCode == 0 && run.Struck is null), what);
        Aftermath.CheckSecrecy(scene, what);
        var isOld = await OpensAsync(scene, Places.Key, before, what);
        var isNew = await OpensAsync(scene, Places.NextKey, before, what);
        Assert.True(isOld || isNew, $"Neither key opens everything: {what}");

        var again = await Command.CallAsync(Rotate(scene));
        Assert.True(again.ExitCode == 0 || (isNew && !isOld && again.Error.Contains("in use already", StringComparison.Ordinal)), $"{what}\nAgain: {again}");
        Assert.True(await OpensAsync(scene, Places.NextKey, before, what), $"Done again the new key does not open everything: {what}");
        Assert.False(await OpensAsync(scene, Places.Key, before, what), $"Done again the old key still opens everything: {what}");
        await using var house = House.Open(scene.Data, Places.Encrypted, Places.NextKey);
        await house.UseAsync();
        Assert.Empty(await house.ComplaintsAsync());
        Assert.Empty(scene.Litter);
    }

    private static string[] Rotate(Scene scene) => ["master-key", "rotate", "--new-key-file", scene.Template.NextKey, .. scene.Options];

    /// <summary>Whether this key opens every space as it was, with nothing to complain about but that the rotation is not finished.</summary>
    private static async Task<bool> OpensAsync(Scene scene, byte[] key, State before, string what)
    {
        await using var house = House.Open(scene.Data, Places.Encrypted, key);
        try
        {
            var complaints = await house.ComplaintsAsync();
            if (!before.Lines.SequenceEqual(await house.DumpAsync()))
            {
                return false;
            }

            Assert.True(complaints.All(c => c.Code == "unfinished-rotation"), $"{what}\n{string.Join('\n', complaints)}");
            return true;
        }
        catch (MemoryStoreException e) when (e.Provider == "encryption")
        {
            return false;
        }
    }
}
