namespace MemU.Crash;

/// <summary>What a deed does when nothing goes wrong: the state before and after, what the check says of both, and the calls that got there.</summary>
internal sealed record Course(Deed Deed, Template Template, State Before, State After, IReadOnlyList<string> Calls)
{
    public static async Task<Course> OfAsync(Deed deed, string vectors, Fault counting)
    {
        var template = await Template.Of(vectors);
        using var scene = Scene.Of(template);
        await deed.Prepare(scene);
        var before = await State.OfAsync(scene);
        var run = await Command.RunAsync(scene.Root, deed.CommandFor(scene), counting);
        Assert.True(run.ExitCode == 0, $"{deed.Name} fails by itself: {run}");
        Assert.NotEmpty(run.Calls);
        return new Course(deed, template, before, await State.OfAsync(scene), run.Calls);
    }

    /// <summary>Numbers of calls to strike at, spread over the steps of the deed: calls of one kind on one file in a row are one step.</summary>
    public IReadOnlyList<int> Points(int count, Random random)
    {
        List<(int First, int Last)> steps = [];
        for (var i = 0; i < Calls.Count; i++)
        {
            if (i > 0 && Step(Calls[i]) == Step(Calls[i - 1]))
            {
                steps[^1] = (steps[^1].First, i + 1);
            }
            else
            {
                steps.Add((i + 1, i + 1));
            }
        }

        var order = steps.ToArray();
        random.Shuffle(order);
        return [.. Enumerable.Range(0, count).Select(i => order[i % order.Length]).Select(s => random.Next(s.First, s.Last + 1))];
    }

    // Two of the files of a temporary name are the same step.
    private static string Step(string call) => call.Contains("memu.db", StringComparison.Ordinal) ? call[..call.LastIndexOf('/')] + Path.GetFileName(call) : call;
}
