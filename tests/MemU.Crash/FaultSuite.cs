namespace MemU.Crash;

/// <summary>A call that changes files fails: the disk is full or broken, may only be read, the right to write is lost.</summary>
public abstract class FaultSuite(string vectors)
{
    /// <summary>How many faults of a deed are tried when nobody asks for more.</summary>
    private const int Usual = 5;

    private static readonly Fault[] Faults =
    [
        new("enospc"), new("enospc", Stays: true), new("eio"), new("eio", Stays: true), new("erofs"), new("erofs", Stays: true), new("eacces"),
        new("eacces", Stays: true), new("short"), new("short", Stays: true), new("fsync"), new("fsync", Stays: true),
    ];

    public static TheoryData<string> Deeds => [.. Deed.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task What_fails_says_so_and_harms_nothing(string name)
    {
        var course = await Course.OfAsync(name, vectors);
        var random = CrashSeed.RandomFor($"fault {name} {vectors}");
        var count = (int)Math.Ceiling(Usual * CrashSeed.Scale);
        var struck = 0;
        foreach (var fault in Chosen(course, count, random))
        {
            using var scene = Scene.Of(course.Template);
            await course.Deed.Prepare(scene);
            var run = await Command.RunAsync(scene.Root, course.Deed.CommandFor(scene), fault);
            struck += run.Struck is null ? 0 : 1;
            CheckAnswer(run, scene, $"{name}, {fault}, seed {CrashSeed.Seed}: {run}");
            await Aftermath.CheckAsync(course, scene, run, fault.ToString());
        }

        Assert.True(struck > count / 2, $"Only {struck} of {count} faults struck.");
    }

    private static IEnumerable<Fault> Chosen(Course course, int count, Random random)
    {
        for (var chosen = 0; chosen < count;)
        {
            var order = Faults.Where(f => course.Calls.Any(c => c.Kinds.Contains(f.Kind))).ToArray();
            random.Shuffle(order);
            foreach (var fault in order.Take(count - chosen))
            {
                chosen++;
                yield return fault with { At = course.Points(fault.Kind, 1, random)[0] };
            }
        }
    }

    private static void CheckAnswer(Command run, Scene scene, string what)
    {
        Assert.True(run.ExitCode is 0 or 1, what);
        if (run.ExitCode == 0)
        {
            return;
        }

        Assert.True(run.Struck is not null, $"Nothing was struck, and it failed: {what}");
        Assert.True(run.Error.Contains(scene.Root, StringComparison.Ordinal), $"No file or folder is named: {what}");
        Assert.False(run.Error.Contains("not foreseen", StringComparison.Ordinal) || run.Error.Contains("   at ", StringComparison.Ordinal), $"The message is none: {what}");
    }
}
