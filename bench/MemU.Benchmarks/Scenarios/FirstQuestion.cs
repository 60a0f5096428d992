using System.Diagnostics;
using MemU.Benchmarks.Data;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>A process that opens a folder of many memories and asks in a small space. Its arguments: provider, folder, seed, dimension.</summary>
internal static class FirstQuestion
{
    /// <summary>Milliseconds of the first opening and question, milliseconds of the second, resident bytes after the first.</summary>
    public static async Task<double[]> RunAsync(string[] args)
    {
        var vectors = new ClusteredVectors(int.Parse(args[2]), int.Parse(args[3]), centreCount: 1);
        var scope = new MemoryScope("small");
        using var self = Process.GetCurrentProcess();

        // Making up a question is the caller's.
        var question = vectors.Question(0);
        var start = Stopwatch.GetTimestamp();
        await OpenAndAskAsync(args[0], args[1], scope, question);
        var cold = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        self.Refresh();
        var resident = self.WorkingSet64;
        start = Stopwatch.GetTimestamp();
        await OpenAndAskAsync(args[0], args[1], scope, question);
        return [cold, Stopwatch.GetElapsedTime(start).TotalMilliseconds, resident];
    }

    /// <summary>Opens the folder with a provider, asks one question, and closes it.</summary>
    public static async Task OpenAndAskAsync(string provider, string folder, MemoryScope scope, float[] question)
    {
        await using var store = BenchStore.Open(provider, folder);
        var answer = await store.Index.QueryAsync(scope, new VectorQuery(VectorCollections.Items, question, 10, BenchItems.Model), CancellationToken.None);
        if (answer.Hits.Count == 0)
        {
            throw new InvalidOperationException("The space that was just opened is empty.");
        }
    }
}
