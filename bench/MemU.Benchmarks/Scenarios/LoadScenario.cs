using System.Diagnostics;
using System.Text.Json;
using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Reading a <c>vectors.json</c> that Python made, and writing one.</summary>
internal sealed class LoadScenario : IScenario
{
    // Larger files than the goal's take minutes with the baselines.
    private const int Most = 10_000;
    private const int Rounds = 3;

    private static readonly MemoryScope Scope = new("bench");

    public string Name => "load";

    public string Description => "read a vectors.json as Python writes it (up to 10k vectors), and write one, against JsonSerializer and Python's json";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var dimension in settings.Dimensions)
        {
            foreach (var size in settings.Sizes.Where(s => s <= Most))
            {
                progress.Report($"load: making a file of {size} × {dimension}");
                using var folder = new ScratchFolder(settings);
                var vectors = new ClusteredVectors(settings.Seed, dimension);
                var file = Path.Combine(folder.Sub("python"), "vectors.json");
                PythonVectorFile.Write(file, vectors, size, Scope.User, Scope.Agent);
                progress.Report($"load: reading {size} × {dimension}");
                yield return await ReadAsync(folder, file, vectors, size);
                progress.Report($"load: writing {size} × {dimension}");
                yield return await WriteAsync(folder, file, vectors, size);
            }
        }
    }

    private static async Task<Row> ReadAsync(ScratchFolder folder, string file, ClusteredVectors vectors, int size)
    {
        var isGoal = (size, vectors.Dimension) == (10_000, 1536);
        List<double> ours = [], serializer = [], python = [];
        for (var round = 0; round < Rounds; round++)
        {
            // A folder of its own each time: what one reading leaves beside the file must not help the next.
            var place = folder.Sub($"read{round}");
            File.Copy(file, Path.Combine(place, "vectors.json"));
            ours.Add(await TimeAsync(async () =>
            {
                await using var store = BenchStore.Open("json", place);
                var answer = await store.Index.QueryAsync(
                    Scope, new VectorQuery(VectorCollections.Items, vectors.Question(0), 10, BenchItems.Model), CancellationToken.None);
                if (answer.Hits.Count == 0)
                {
                    throw new InvalidOperationException("The file was read as empty.");
                }
            }));
            serializer.Add(await TimeAsync(async () =>
            {
                await using var stream = File.OpenRead(file);
                await JsonSerializer.DeserializeAsync<Dictionary<string, Dictionary<string, PythonEntry>>>(stream);
            }));
            if (await PythonJson.LoadAsync(file) is { } milliseconds)
            {
                python.Add(milliseconds);
            }

            Directory.Delete(place, recursive: true);
        }

        return new Row
        {
            Work = "read Python's vectors.json", Provider = "json", Count = size, Dimension = vectors.Dimension, Unit = "ms", Value = Spread.Of(ours),
            Comparisons =
            [
                Alternation.Compare([.. ours], "JsonSerializer", [.. serializer], isGoal ? r => Goal.AtMost("≥ 4 × as fast as JsonSerializer", r, 1 / 4.0) : null),
                .. python.Count == Rounds
                    ? [Alternation.Compare([.. ours], "json.load", [.. python], isGoal ? r => Goal.AtMost("≥ 8 × as fast as json.load", r, 1 / 8.0) : null)]
                    : Array.Empty<Comparison>(),
            ],
            Figures = new Dictionary<string, double> { ["file_mb"] = new FileInfo(file).Length / (double)(1 << 20) },
            Note = python.Count == 0 ? "There is no python3 on the PATH: json.load and json.dump were not compared." : null,
        };
    }

    private static async Task<Row> WriteAsync(ScratchFolder folder, string file, ClusteredVectors vectors, int size)
    {
        var isGoal = (size, vectors.Dimension) == (10_000, 1536);
        var records = Enumerable.Range(0, size).Select(i => BenchItems.Vector(vectors, i)).ToList();
        var content = new Dictionary<string, Dictionary<string, PythonEntry>>
        {
            ["items"] = records.ToDictionary(r => r.Id, r => new PythonEntry(Scope.User, Scope.Agent, r.Vector.ToArray(), r.Text)),
        };
        List<double> ours = [], serializer = [], python = [];
        var (exact, bytes) = (true, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var place = folder.Sub($"write{round}");
            ours.Add(await TimeAsync(async () =>
            {
                // Closing is a part of it: then the JSON file holds everything.
                await using var store = BenchStore.Open("json", place);
                await store.Index.ApplyAsync(Scope, new VectorChanges { Upserted = records }, CancellationToken.None);
            }));
            bytes = new FileInfo(Path.Combine(place, "vectors.json")).Length;
            exact &= round > 0 || await IsExactAsync(place, records);
            serializer.Add(await TimeAsync(async () =>
            {
                await using var stream = File.Create(Path.Combine(place, "serializer.json"));
                await JsonSerializer.SerializeAsync(stream, content);
            }));
            if (await PythonJson.DumpAsync(file, Path.Combine(place, "python.json")) is { } milliseconds)
            {
                python.Add(milliseconds);
            }

            Directory.Delete(place, recursive: true);
        }

        return new Row
        {
            Work = "write vectors.json and close", Provider = "json", Count = size, Dimension = vectors.Dimension, Unit = "ms", Value = Spread.Of(ours),
            Comparisons =
            [
                Alternation.Compare([.. ours], "JsonSerializer", [.. serializer]),
                .. python.Count == Rounds
                    ? [Alternation.Compare([.. ours], "json.dump", [.. python], isGoal ? r => Goal.AtMost("≥ 8 × as fast as json.dump", r, 1 / 8.0) : null)]
                    : Array.Empty<Comparison>(),
            ],
            Goals = [Goal.AtLeast("bit-exact round trip", exact ? 1 : 0, 1)],
            Figures = new Dictionary<string, double> { ["file_mb"] = bytes / (double)(1 << 20) },
        };
    }

    private static async Task<bool> IsExactAsync(string place, IReadOnlyList<VectorRecord> records)
    {
        await using var file = File.OpenRead(Path.Combine(place, "vectors.json"));
        var read = (await JsonSerializer.DeserializeAsync<Dictionary<string, Dictionary<string, PythonEntry>>>(file))!["items"];
        return read.Count == records.Count && records.All(r => read[r.Id].Vector.AsSpan().SequenceEqual(r.Vector.Span));
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
