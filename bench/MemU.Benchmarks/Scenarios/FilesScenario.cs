using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Bytes on disk a vector: a folder of items with vectors less the same folder without them.</summary>
internal sealed class FilesScenario : IScenario
{
    public string Name => "files";

    public string Description => "bytes on disk a vector (a folder of items with vectors less the same without), against the raw numbers";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers.Where(p => p != "memory"))
        {
            foreach (var (size, dimension) in settings.CellsOf(provider))
            {
                progress.Report($"files: {provider}, {size} × {dimension}");
                using var folder = new ScratchFolder(settings);
                var vectors = new ClusteredVectors(settings.Seed, dimension);
                var with = await BytesAsync(provider, folder.Sub("with"), vectors, size, withVectors: true);
                var without = await BytesAsync(provider, folder.Sub("without"), vectors, size, withVectors: false);
                double raw = dimension * sizeof(float), each = (with - without) / (double)size;
                yield return new Row
                {
                    Work = "on disk", Provider = provider, Count = size, Dimension = dimension, Unit = "bytes a vector", Value = Spread.Of(each),
                    Comparisons =
                    [
                        new Comparison(
                            "raw numbers", Spread.Of(raw), Spread.Of(each / raw), provider == "sqlite" ? Goal.AtMost("≤ 1.15 × raw", each / raw, 1.15) : null),
                    ],
                    Figures = new Dictionary<string, double> { ["folder_mb"] = with / (double)(1 << 20), ["items_without_vectors_bytes_each"] = without / (double)size },
                };
            }
        }
    }

    private static async Task<long> BytesAsync(string provider, string folder, ClusteredVectors vectors, int size, bool withVectors)
    {
        await using (var store = BenchStore.Open(provider, folder))
        {
            await store.FillItemsAsync(new MemoryScope("bench"), vectors, 0, size, withVectors);
        }

        return ScratchFolder.BytesOf(folder);
    }
}
