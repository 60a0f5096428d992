using System.Collections.Concurrent;

namespace MemU.Crash;

/// <summary>What a deed does when nothing goes wrong: the state before and after, what the check says of both, and the calls that got there.</summary>
internal sealed record Course(Deed Deed, Template Template, State Before, State After, IReadOnlyList<FileCall> Calls)
{
    private static readonly ConcurrentDictionary<(string, string), Lazy<Task<Course>>> Known = new();

    /// <summary>Found out once a run.</summary>
    public static Task<Course> OfAsync(string deed, string vectors) =>
        Known.GetOrAdd((deed, vectors), _ => new Lazy<Task<Course>>(() => FollowAsync(Deed.Of(deed), vectors))).Value;

    /// <summary>Numbers of calls that a kind of fault shall strike.</summary>
    public IReadOnlyList<int> Points(string kind, int count, Random random) => FileCall.Points(Calls, kind, count, random);

    private static async Task<Course> FollowAsync(Deed deed, string vectors)
    {
        var template = await Template.Of(vectors);
        using var scene = Scene.Of(template);
        await deed.Prepare(scene);
        var before = await State.OfAsync(scene);
        var run = await Command.RunAsync(scene.Root, deed.CommandFor(scene), new Fault("count"));
        Assert.True(run.ExitCode == 0, $"{deed.Name} fails by itself: {run}");
        return new Course(deed, template, before, await State.OfAsync(scene), run.Calls);
    }
}
