using System.Diagnostics;
using System.Globalization;
using MemU.Evals.Scoring;
using MemU.Retrieve;
using MemU.Retrieve.Evidence;
using MemU.Text;

namespace MemU.Evals;

/// <summary>
/// How fast the ranking is and how much memory its index takes, on made-up talks: words by Zipf's law, half of them stop words, twenty turns a session.
/// Times are those of the processor, so that what else the machine does counts little.
/// </summary>
internal static class SpeedRun
{
    private const int Queries = 400;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private const int Vocabulary = 30_000;
    private const int TurnsPerSession = 20;

    // Words that lead to related ones are most of what people say.
    private static readonly string[] Known = Shuffled();

    private static readonly string[] Fillers = ["I", "the", "and", "was", "to", "of", "a", "my", "it", "in", "that", "we"];

    public static string Run(int count)
    {
        var random = new Random(5);
        var sums = Sums();
        var passages = Enumerable.Range(0, count).Select(i => Make(i, random, sums)).ToList();
        var text = passages.Sum(p => (long)p.Text.Length);
        for (var warming = Stopwatch.StartNew(); warming.Elapsed < WarmUp;)
        {
            _ = Build(passages.Take(1000)); // the compiler's time is not the index's
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = ProcessorTime();
        var index = Build(passages);
        var indexing = ProcessorTime() - started;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var times = new List<double>(Queries);
        started = ProcessorTime();
        for (var i = 0; i < Queries; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            var question = string.Join(' ', Enumerable.Range(0, 5).Select(_ => Word(random, sums))) + (i % 4 == 0 ? " Alice in May 2021?" : " Alice?");
            TopScores.Of(EvidenceRanker.Score(index, new Question(question, DateTimeOffset.UnixEpoch)), 20);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        var asking = (ProcessorTime() - started) / Queries;
        var elapsed = Latency.Of(times.Skip(Queries / 4));
        GC.KeepAlive(index);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {count} passages, {text / 1e6:0.0} MB of text
            index     {indexing.TotalMicroseconds / count,8:0.0} µs a passage (processor)
            memory    {memory / 1e6,8:0.0} MB = {(double)memory / text:0.00} × the text
            question  {asking.TotalMilliseconds,8:0.00} ms (processor); elapsed p50 {elapsed.P50:0.00} ms, p95 {elapsed.P95:0.00} ms
            """);
    }

    private static TimeSpan ProcessorTime() => Process.GetCurrentProcess().TotalProcessorTime;

    private static PassageIndex Build(IEnumerable<Passage> passages)
    {
        var builder = new PassageIndexBuilder();
        foreach (var passage in passages)
        {
            builder.Add(passage);
        }

        return builder.Build();
    }

    private static Passage Make(int number, Random random, double[] sums)
    {
        var words = Enumerable.Range(0, 8 + random.Next(30)).Select(_ => random.Next(100) < 45 ? Fillers[random.Next(Fillers.Length)] : Word(random, sums)).ToList();
        var session = number / TurnsPerSession;
        return new Passage
        {
            Scope = new MemoryScope(), Id = number.ToString("00000000-0000-7000-8000-000000000000", CultureInfo.InvariantCulture), ResourceId = session.ToString("000000", CultureInfo.InvariantCulture),
            Position = number % TurnsPerSession, Start = 0, Role = number % 2 == 0 ? "Alice" : "Ben",
            Text = string.Join(' ', words) + (number % 12 == 0 ? " yesterday" : "") + (number % 4 == 0 ? "?" : "."),
            HappenedAt = new DateTimeOffset(2020, 1, 1, 9, 0, 0, TimeSpan.Zero).AddHours(8 * session),
        };
    }

    private static double[] Sums()
    {
        var (sums, sum) = (new double[Vocabulary], 0.0);
        for (var rank = 0; rank < Vocabulary; rank++)
        {
            sums[rank] = sum += 1 / Math.Pow(rank + 8, 1.05);
        }

        return sums;
    }

    private static string Word(Random random, double[] sums)
    {
        var at = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        at = at < 0 ? ~at : at;
        if (at < Known.Length)
        {
            return Known[at];
        }

        var (word, rest) = ("", at);
        for (; rest > 0; rest /= 26)
        {
            word += (char)('a' + (rest % 26));
        }

        return word;
    }

    private static string[] Shuffled()
    {
        string[] terms = [.. RelatedWords.Table.Terms];
        new Random(7).Shuffle(terms);
        return terms;
    }
}
