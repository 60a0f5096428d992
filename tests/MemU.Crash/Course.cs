using System.Collections.Concurrent;

namespace MemU.Crash;

/// <summary>What a deed does when nothing goes wrong: the state before and after, what the check says of both, and the calls that got there.</summary>
internal sealed record Course(Deed Deed, Template Template, State Before, State After, IReadOnlyList<FileCall> Calls)
{
    private static readonly ConcurrentDictionary<(string, string), Lazy<Task<Course>>> Known = new();

    /// <summary>Found out once a run.</summary>
    public static Task<Course> OfAsync(string deed, string vectors) =>
        Known.GetOrAdd((deed, vectors), _ => new Lazy<Task<Course>>(() => FollowAsync(Deed.Of(deed), vectors))).Value;

    /// <summary>
    /// Numbers of calls that a kind of fault shall strike, spread over the steps of the deed: calls of one function on one file in a row are one step.
    /// </summary>
    public IReadOnlyList<int> Points(string kind, int count, Random random)
    {
        List<(FileCall Call, int First, int Last)> steps = [];
        foreach (var (number, call) in Calls.Where(c => c.Kinds.Contains(kind)).Select((c, i) => (i + 1, c)))
        {
            if (steps.Count > 0 && (steps[^1].Call.Name, steps[^1].Call.Path) == (call.Name, call.Path))
            {
                steps[^1] = steps[^1] with { Last = number };
            }
            else
            {
                steps.Add((call, number, number));
            }
        }

        Assert.True(steps.Count > 0, $"{Deed.Name} makes no call that '{kind}' could strike.");
        var order = steps.ToArray();
        random.Shuffle(order);
        return [.. Enumerable.Range(0, count).Select(i => order[i % order.Length]).Select(s => random.Next(s.First, s.Last + 1))];
    }

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
