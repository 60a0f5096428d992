namespace MemU.Tests.Maintenance;

/// <summary>
/// Holds something up without a clock, while others run. Code that waits as it should passes however fast or slow the machine is; code that does not gets so
/// many turns ahead that it is caught.
/// </summary>
internal static class Turns
{
    private const int Many = 100_000;

    /// <summary>Many turns of the thread pool; fewer when what must not happen has happened.</summary>
    public static async Task PassAsync(Func<bool> happened)
    {
        for (var turn = 0; turn < Many && !happened(); turn++)
        {
            await Task.Yield();
        }
    }
}
