namespace MemU.Crash;

/// <summary>The command is killed at one of its calls that change files, also half-way through a write.</summary>
public abstract class KillSuite(string vectors)
{
    /// <summary>Their part of all kills; the writers have the rest.</summary>
    public const double Part = 0.66;

    /// <summary>Every so manieth process dies in the middle of a write.</summary>
    private const int TearsOneOf = 4;

    public static TheoryData<string> Deeds => [.. Deed.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task What_is_killed_is_done_not_done_or_says_how_to_go_on(string name)
    {
        var course = await Course.OfAsync(name, vectors);
        var random = CrashSeed.RandomFor($"kill {name} {vectors}");
        var kills = (int)Math.Ceiling(CrashSeed.Kills * Part / (2 * Deed.All.Count));
        var tears = kills / TearsOneOf;
        foreach (var fault in course.Points("kill", kills - tears, random).Select(p => new Fault("kill", p))
            .Concat(course.Points("tear", tears, random).Select(p => new Fault("tear", p))))
        {
            using var scene = Scene.Of(course.Template);
            await course.Deed.Prepare(scene);
            var run = await Command.RunAsync(scene.Root, course.Deed.CommandFor(scene), fault);

            // Some calls come from threads, so that now and then a run needs fewer of them.
            Assert.True(run.ExitCode == Command.Killed || (run.ExitCode == 0 && run.Struck is null), $"{fault}: {run}");
            await Aftermath.CheckAsync(course, scene, run, fault.ToString());
        }
    }
}
