using System.Diagnostics;

namespace MemU.Benchmarks.Measure;

/// <summary>
/// Lets contenders take turns (A B C A B C …), because the machine's speed changes from second to second: figures of one round stand side by side, and
/// their ratio is what counts. What is short is run for a second before it counts, until the runtime has compiled it for good; of the rest one round is not counted.
/// </summary>
internal static class Alternation
{
    // Below this a clock and a task weigh in, so that a short thing is done several times a turn.
    private const double LeastMilliseconds = 1;
    private const int MostRepetitions = 2000;
    private const int LeastRounds = 3;

    // The runtime compiles a method anew in the background after some calls and a tenth of a second in which nothing else was compiled, twice.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Milliseconds of one run of each contender, round by round.</summary>
    /// <param name="settings">How many rounds, how long.</param>
    /// <param name="repeat">Whether a short contender may be run several times a turn; each run gets a number of its own.</param>
    /// <param name="contenders">What to run.</param>
    public static async Task<double[][]> RunAsync(MeasureSettings settings, bool repeat, params Func<int, Task>[] contenders)
    {
        var runs = new int[contenders.Length];
        var repetitions = new int[contenders.Length];
        Array.Fill(repetitions, 1);
        var warm = Stopwatch.StartNew();
        var once = await RoundAsync();
        while (repeat && warm.Elapsed < WarmUp)
        {
            once = await RoundAsync();
            repetitions = [.. once.Select(ms => Math.Clamp((int)Math.Ceiling(LeastMilliseconds / Math.Max(ms, 1e-6)), 1, MostRepetitions))];
        }

        var rounds = new List<double[]>();
        var clock = Stopwatch.StartNew();
        while (rounds.Count < LeastRounds || (rounds.Count < settings.Rounds && clock.Elapsed.TotalSeconds < settings.Seconds))
        {
            rounds.Add(await RoundAsync());
        }

        return [.. Enumerable.Range(0, contenders.Length).Select(c => rounds.Select(r => r[c]).ToArray())];

        async Task<double[]> RoundAsync()
        {
            var round = new double[contenders.Length];
            for (var c = 0; c < contenders.Length; c++)
            {
                round[c] = await TurnAsync(c);
            }

            return round;
        }

        async Task<double> TurnAsync(int c)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repetitions[c]; i++)
            {
                await contenders[c](runs[c]++);
            }

            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / repetitions[c];
        }
    }

    /// <summary>One series divided by another, round by round.</summary>
    public static Spread Ratio(double[] measured, double[] baseline) => Spread.Of([.. measured.Zip(baseline, (m, b) => m / b)]);

    /// <summary>The comparison of two series of times.</summary>
    public static Comparison Compare(double[] measured, string name, double[] baseline, Func<double, Goal>? goal = null)
    {
        var ratio = Ratio(measured, baseline);
        return new Comparison(name, Spread.Of(baseline), ratio, goal?.Invoke(ratio.Median));
    }

    /// <summary>Times as rates: how many a second when one turn does so many.</summary>
    public static double[] Rates(double[] milliseconds, double count) => [.. milliseconds.Select(ms => count * 1000 / ms)];
}
