namespace MemU.Crash;

/// <summary>What must hold after a deed was cut short or refused, whatever the cause.</summary>
internal static class Aftermath
{
    /// <summary>The folder says the old or the new, or how to go on; and the same deed again completes it.</summary>
    public static async Task CheckAsync(Course course, Scene scene, Command run, string cause)
    {
        var (deed, what) = (course.Deed, $"{course.Deed.Name}, {cause}, seed {CrashSeed.Seed}: {run}");
        var isNew = false;
        CheckSecrecy(scene, what);
        try
        {
            var state = await State.OfAsync(scene);
            isNew = state.Says(course.After);
            var isWhole = isNew || state.Says(course.Before);
            var saysHow = deed.WayOn is not null && state.Complaints.Any(f => f.Remedy.Contains(deed.WayOn, StringComparison.Ordinal));
            Assert.True(isWhole || saysHow, $"{what}\nThe folder is neither old nor new. Against the new:\n{state.DifferenceTo(course.After)}\nAgainst the old:\n{state.DifferenceTo(course.Before)}\n{state}");
            Assert.True(
                saysHow || !state.Codes.Except(isNew ? course.After.Codes : course.Before.Codes).Any(), $"{what}\nThe check complains:\n{state}");
        }
        catch (MemUException e) when (deed.WayOn is not null && e.Message.Contains(deed.WayOn, StringComparison.Ordinal))
        {
            // It cannot be used and says how to go on.
        }

        await CheckBackupsAsync(scene, run, what);
        var again = await Command.CallAsync(deed.CommandFor(scene));
        Assert.True(
            again.ExitCode == 0 || (isNew && deed.Name.StartsWith("delete", StringComparison.Ordinal) && again.Error.Contains("There is no", StringComparison.Ordinal)),
            $"{what}\nAgain: {again}");
        await using (var house = scene.Open())
        {
            await house.UseAsync();
        }

        var end = await State.OfAsync(scene);
        Assert.True(end.Says(course.After), $"{what}\nDone again it is not what it should be:\n{end.DifferenceTo(course.After)}");
        Assert.True(end.Codes.SequenceEqual(course.After.Codes), $"{what}\nDone again the check complains:\n{end}");
        Assert.True(scene.Litter.Count == 0, $"{what}\nDone again there is left: {string.Join(", ", scene.Litter)}");
        CheckSecrecy(scene, what);
    }

    /// <summary>In an encrypted folder and its backups no file holds a word in clear, also none that was just being written.</summary>
    public static void CheckSecrecy(Scene scene, string what)
    {
        if (scene.Template.IsEncrypted)
        {
            var words = scene.WordsInClear;
            Assert.True(words.Count == 0, $"{what}\nIn clear: {string.Join(", ", words)}");
        }
    }

    /// <summary>A backup is whole, or is refused.</summary>
    private static async Task CheckBackupsAsync(Scene scene, Command run, string what)
    {
        if (!Directory.Exists(scene.Backups))
        {
            return;
        }

        foreach (var backup in Directory.GetDirectories(scene.Backups))
        {
            using var elsewhere = Scene.Of(scene.Template);
            var restored = await Command.CallAsync(["restore", backup, "--yes", .. elsewhere.Options]);
            Assert.True(
                restored.ExitCode == 0 || (run.ExitCode != 0 && (restored.Error.Contains("no backup", StringComparison.Ordinal) || restored.Error.Contains("is damaged", StringComparison.Ordinal))), $"{what}\nRestore of {backup}: {restored}");
            if (restored.ExitCode != 0)
            {
                continue;
            }

            var (state, expected) = (await State.OfAsync(elsewhere), await State.OfAsync(scene));
            Assert.True(state.Says(expected), $"{what}\nThe backup {backup} is not what was backed up:\n{state.DifferenceTo(expected)}");
            Assert.True(state.Complaints.Count == 0, $"{what}\nThe backup {backup}:\n{state}");
        }
    }
}
