using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MemU.Crash;

/// <summary>What decides where the tests strike, and how often. Both are printed with every failure; setting them repeats a run.</summary>
internal static class CrashSeed
{
    private const int KillsWhenNotTold = 200;

    /// <summary>MEMU_CRASH_SEED; a fixed one when it is not set, so that two runs of one state of the code agree.</summary>
    public static int Seed { get; } = Number("MEMU_CRASH_SEED", 20261126);

    /// <summary>MEMU_CRASH_KILLS: how many processes are killed, all tests together.</summary>
    public static int Kills { get; } = Number("MEMU_CRASH_KILLS", KillsWhenNotTold);

    /// <summary>How many times the usual number.</summary>
    public static double Scale => (double)Kills / KillsWhenNotTold;

    /// <summary>Always the same numbers for the same name and seed.</summary>
    public static Random RandomFor(string name) =>
        new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed} {name}"))));

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
